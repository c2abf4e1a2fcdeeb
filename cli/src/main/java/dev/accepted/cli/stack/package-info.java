/**
 * A whole stack on this machine: Kafka, PostgreSQL and mail, gateways and workers, one process each.
 *
 * <pre>
 * lock, port ─▶ kafka ∥ postgres ∥ mail ─▶ gateways ∥ workers ─▶ ready ─▶ stop: the same way back
 * </pre>
 *
 * <p>Invariant: one stack a directory. Nothing is started before the directory is locked and the port is known to be
 * free; nothing that was started is left behind, whatever ends the launcher.
 */
@NullMarked
package dev.accepted.cli.stack;

import org.jspecify.annotations.NullMarked;
