/**
 * Tells clients of their jobs: makes a job of each thing that a callback asks for, which a worker then delivers.
 *
 * <pre>
 * fold ─▶ webhook (PG, same transaction) ─▶ maker ─▶ jobs.commands.webhooks ─▶ worker/webhooks ─▶ client
 * </pre>
 *
 * <p>Invariant: one job for each thing that happened, however many gateways make it, and however often: its id follows
 * from the job and the event. Whatever is read of deliveries is read of their jobs.
 */
@NullMarked
package dev.accepted.gateway.webhooks;

import org.jspecify.annotations.NullMarked;
