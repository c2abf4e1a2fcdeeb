/**
 * The way into the console of a stack on this machine.
 *
 * <p>Invariant: the token stands in the address's fragment, which no browser sends and no server logs.
 */
@NullMarked
package dev.accepted.cli.console;

import org.jspecify.annotations.NullMarked;
