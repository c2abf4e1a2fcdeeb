/**
 * Follows jobs that somebody waits for, whichever gateway folds them.
 *
 * <pre>
 * follow ─▶ sit at the end of the job's partition ─▶ row, once the table is past that place ─▶ covered
 *                                                                                              │
 * jobs.events ─▶ fold upon the row ─▶ held until the table has it too (half a second at most) ─▶ told
 * </pre>
 *
 * <p>Invariants: partitions of which nobody watches a job are not read, unless an operator watches them all; the table is read for all watched jobs at once,
 * and only while one of them is not covered or has news; what was told is in the table, so that a client that asks any
 * gateway next does not see an older state, unless PostgreSQL is away.
 */
@NullMarked
package dev.accepted.gateway.watching;

import org.jspecify.annotations.NullMarked;
