/**
 * Teaches shells the commands and options.
 *
 * <p>Invariant: the script is made of the commands themselves, so that it knows all of them.
 */
@NullMarked
package dev.accepted.cli.completion;

import org.jspecify.annotations.NullMarked;
