/**
 * Takes commands from the queue: poll, claim, accept, hand over.
 *
 * <p>Invariant: a command is accepted only after its lease is claimed, and no record is held while a job runs.
 */
@NullMarked
package dev.accepted.engine.intake;

import org.jspecify.annotations.NullMarked;
