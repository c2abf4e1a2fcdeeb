/**
 * {@code accepted verify} and {@code accepted rebuild}: have a gateway hold the table against the log, or make it anew, and
 * show how that gets on.
 *
 * <p>Invariant: what ends with this command is the watching; the gateway goes on, and any gateway says how far it is.
 */
@NullMarked
package dev.accepted.cli.upkeep;

import org.jspecify.annotations.NullMarked;
