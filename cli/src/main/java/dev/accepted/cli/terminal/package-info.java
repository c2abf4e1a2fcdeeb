/**
 * What a person at the terminal sees: refusals in words, progress as it goes.
 *
 * <p>Invariant: escape sequences are written only where a terminal shows them.
 */
@NullMarked
package dev.accepted.cli.terminal;

import org.jspecify.annotations.NullMarked;
