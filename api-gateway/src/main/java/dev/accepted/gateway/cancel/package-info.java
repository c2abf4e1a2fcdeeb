/**
 * Cancels jobs: of a client its own, of an operator anybody's.
 *
 * <pre>
 * lock row ─▶ take the lease (nobody holds it) or flag it (a worker does) ─▶ commit ─▶ cancel-requested ─▶ folded ─▶ answer
 * </pre>
 *
 * <p>Invariant: the lease is taken before the event is written, so from then on no attempt begins; an event that
 * is lost is written again. What is first in the log wins, completion or cancel.
 */
@NullMarked
package dev.accepted.gateway.cancel;

import org.jspecify.annotations.NullMarked;
