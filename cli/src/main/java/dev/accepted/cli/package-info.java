/**
 * The command {@code accepted}: what a person at a terminal does with the system.
 *
 * <p>Invariant: standard output carries only what was asked for, everything else goes to standard error; exit status 0
 * is success, 1 a refusal or failure, 2 a command that was not understood.
 */
@NullMarked
package dev.accepted.cli;

import org.jspecify.annotations.NullMarked;
