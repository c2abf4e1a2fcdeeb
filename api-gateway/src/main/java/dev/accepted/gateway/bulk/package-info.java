/**
 * Many jobs in one request, and how they stand.
 *
 * <pre>
 * body ─ JsonItems: whole ──┐
 *      └ LineStream: as it comes, no faster than the log ─▶ portions ─▶ BatchRun ─▶ each item: job or problem ─▶ 202
 * </pre>
 *
 * <p>Invariants: every item is checked and appended as a single submission is, and stands for itself; the 202 comes after
 * the log has all that it counts as accepted; no streamed body is held whole.
 */
@NullMarked
package dev.accepted.gateway.bulk;

import org.jspecify.annotations.NullMarked;
