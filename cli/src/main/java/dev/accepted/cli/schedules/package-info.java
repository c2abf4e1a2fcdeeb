/**
 * Jobs that come again and again: made, shown, ended.
 *
 * <p>Invariant: a schedule's zone is said, never guessed from this machine.
 */
@NullMarked
package dev.accepted.cli.schedules;

import org.jspecify.annotations.NullMarked;
