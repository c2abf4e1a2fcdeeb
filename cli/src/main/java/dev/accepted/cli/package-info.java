/**
 * The command {@code accepted}: what a person at a terminal does with the system.
 *
 * <p>Invariant: standard output carries only what was asked for, everything else goes to standard error; the exit
 * status is one of {@link dev.accepted.cli.terminal.ExitCode}.
 */
@NullMarked
package dev.accepted.cli;

import org.jspecify.annotations.NullMarked;
