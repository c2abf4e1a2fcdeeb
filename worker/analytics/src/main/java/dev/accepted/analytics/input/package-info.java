/**
 * Turns the body of a request into numbers: first its outline (everything but the numbers), then the rows, into one
 * array of exactly their size.
 *
 * <p>Invariant: what leaves this package can be worked with, else {@link dev.accepted.engine.InputRejected} says where in
 * the body it cannot. Nothing here holds the body as a tree: a body of 10 MiB costs at most 42 MB, and no more while it
 * is read.
 */
@NullMarked
package dev.accepted.analytics.input;

import org.jspecify.annotations.NullMarked;
