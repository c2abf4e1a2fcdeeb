/**
 * From a request to a 202: read, check, seal an id, append the command, answer.
 *
 * <pre>
 * BodyReader ─▶ JsonBody ─▶ Envelope ─▶ schema, times ─▶ references, claim check ─▶ CommandLog ─▶ Acceptance
 * </pre>
 *
 * <p>Invariants: a 202 is sent only after the log has the command; what is refused never reaches a topic; no I/O thread
 * waits.
 */
@NullMarked
package dev.accepted.gateway.submission;

import org.jspecify.annotations.NullMarked;
