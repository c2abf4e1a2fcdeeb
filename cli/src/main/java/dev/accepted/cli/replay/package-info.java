/**
 * Has jobs run again: tried dry first, then begun, followed, paused, ended.
 *
 * <p>Invariant: a command that was interrupted while it followed a replay has not stopped it.
 */
@NullMarked
package dev.accepted.cli.replay;

import org.jspecify.annotations.NullMarked;
