/**
 * Runs one attempt of one job on a thread of its own.
 *
 * <p>Invariant: an attempt ends exactly once, whoever ends it: its handler, a lost lease, or the worker's own end.
 */
@NullMarked
package dev.accepted.engine.execution;

import org.jspecify.annotations.NullMarked;
