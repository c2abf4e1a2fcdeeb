/**
 * Jobs that are sent whenever a cron expression says so.
 *
 * <pre>
 * PUT ─▶ check ─▶ jobs.schedules ─▶ follower ─▶ schedule (PG) ─▶ firer ─▶ jobs.commands.&lt;queue&gt;
 * </pre>
 *
 * <p>Invariant: the topic is the truth, the table its view. A firing is one job however many gateways fire it, and
 * however often: its id follows from the schedule's version and the firing's time.
 */
@NullMarked
package dev.accepted.gateway.schedules;

import org.jspecify.annotations.NullMarked;
