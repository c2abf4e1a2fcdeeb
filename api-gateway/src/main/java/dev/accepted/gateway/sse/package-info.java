/**
 * Streams server-sent events: a job's states to whoever follows it; what else is streamed brings a {@code Feed} of its own.
 *
 * <pre>
 * snapshot ─▶ status · progress ─▶ done ─▶ closed; a reconnect that has seen it: 204
 * </pre>
 *
 * <p>Invariants: a version is sent once, and the last state always; a stream holds one state that is not sent yet, the
 * latest, however slowly its client reads. A ticket opens one stream of one job.
 */
@NullMarked
package dev.accepted.gateway.sse;

import org.jspecify.annotations.NullMarked;
