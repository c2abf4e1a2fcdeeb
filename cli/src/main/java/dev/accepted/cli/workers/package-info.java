/**
 * Worker processes as their operators see them: who is there, drained and let go on.
 *
 * <p>Invariant: a worker may be named by its name only while no other has it.
 */
@NullMarked
package dev.accepted.cli.workers;

import org.jspecify.annotations.NullMarked;
