/**
 * When a job will start and end, and how many are ahead of it: advice of the moment, never part of the job's state.
 *
 * <pre>
 * Kafka: share group offsets, ends ─┐
 * PostgreSQL: workers, leases ──────┼─▶ QueueMonitor ─▶ Estimates ─▶ Outlook
 * offsets this gateway just wrote ──┘                       ▲
 * projection: how long jobs ran ──▶ ServiceRates ───────────┘
 * </pre>
 *
 * <p>Invariant: an estimate never blocks and never fails; without a fresh sample it is made from the last one.
 */
@NullMarked
package dev.accepted.gateway.estimates;

import org.jspecify.annotations.NullMarked;
