/**
 * Operators have jobs run again: chosen by a selection, tried dry first, sent at a pace, watched, stopped when they fail
 * again.
 *
 * <pre>
 * POST ─▶ table replay ─▶ driver (one gateway a replay): take a page of jobs ─▶ write them down ─▶ send ─▶ see how they end
 * </pre>
 *
 * <p>Invariant: what a replay does to a job is a record in the log, with the operator and the reason. The tables of this
 * package only say how far a replay is; losing them loses no job.
 */
@NullMarked
package dev.accepted.gateway.replay;

import org.jspecify.annotations.NullMarked;
