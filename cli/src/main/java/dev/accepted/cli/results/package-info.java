/**
 * Fetches what jobs have made.
 *
 * <p>Invariant: a file is there whole or not at all, and none is replaced unasked; no bytes but text reach a terminal.
 */
@NullMarked
package dev.accepted.cli.results;

import org.jspecify.annotations.NullMarked;
