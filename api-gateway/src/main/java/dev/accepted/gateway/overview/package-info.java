/**
 * How the fleet stands, streamed to operators: its queues, what finished of late, and the jobs that change.
 *
 * <pre>
 * queues, finished jobs ──── once a second ───┐
 * jobs.events ─▶ what changed, newest kept ───┼─▶ one sample ─▶ each stream, as fast as it is read
 * the table ─▶ their rows, and new ones ──────┘
 * </pre>
 *
 * <p>Invariants: however many follow, a gateway samples once, on a thread of its own; while nobody follows, nothing is read. A
 * stream holds one sample at most that is not sent yet.
 */
@NullMarked
package dev.accepted.gateway.overview;

import org.jspecify.annotations.NullMarked;
