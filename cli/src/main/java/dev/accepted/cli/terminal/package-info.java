/**
 * What a person at the terminal sees and a script learns: refusals in words, exit statuses, tables, times, progress.
 *
 * <p>Invariant: escape sequences are written only where a terminal shows them, and never those of others.
 */
@NullMarked
package dev.accepted.cli.terminal;

import org.jspecify.annotations.NullMarked;
