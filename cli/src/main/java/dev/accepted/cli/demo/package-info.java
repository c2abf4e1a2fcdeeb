/**
 * The three example requests from submission to result, on a stack of their own.
 *
 * <p>Invariant: what is shown is what came over the wire; success is said only when every job ended {@code succeeded}
 * and every result was saved.
 */
@NullMarked
package dev.accepted.cli.demo;

import org.jspecify.annotations.NullMarked;
