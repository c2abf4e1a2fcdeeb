/**
 * How jobs stand: one job, or a page of them, as the table and the estimates say it; of all tenants for operators alone,
 * who come by {@code dev.accepted.gateway.fleet}.
 *
 * <pre>
 * id ─ sealed for this tenant? ─▶ row ─▶ just accepted here? ─▶ row, a little later? ─▶ the id alone: queued
 *            └─ no: 404                └─ older than the retention: 410
 * </pre>
 *
 * <p>Invariant: never a 404 for what was answered 202 and may still be kept; one serializer writes every job's body.
 */
@NullMarked
package dev.accepted.gateway.status;

import org.jspecify.annotations.NullMarked;
