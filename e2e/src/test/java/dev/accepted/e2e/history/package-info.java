/**
 * What was seen of a run: the answers that clients got, the executions, the log, the table, and what was broken when.
 *
 * <p>Invariant: it only tells, and judges nothing. Whoever judges reads a {@link dev.accepted.e2e.history.History} and
 * nothing else, so that a forged one can show that the judge is able to say no.
 */
@NullMarked
package dev.accepted.e2e.history;

import org.jspecify.annotations.NullMarked;
