/**
 * Bearer tokens for a stack on this machine.
 *
 * <p>Invariant: the token stands alone on the last line of standard output, so that a shell can take it.
 */
@NullMarked
package dev.accepted.cli.token;

import org.jspecify.annotations.NullMarked;
