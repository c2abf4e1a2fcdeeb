/**
 * Moves the start of a job that waits for its time.
 *
 * <pre>
 * PATCH ─▶ lock job and timer, If-Match? ─▶ timer: new time, not to be fired ─▶ log: rescheduled ─▶ fold: to be fired
 * </pre>
 *
 * <p>Invariant: a job's start is moved, or fired at its old time, and never both; what was moved is told to the log, if
 * not by the gateway that moved it then by another.
 */
@NullMarked
package dev.accepted.gateway.moving;

import org.jspecify.annotations.NullMarked;
