/**
 * The command that runs a job once, as CloudEvents headers (Kafka binding, binary mode) around the client's own bytes.
 *
 * <p>Invariant: a command is the acceptance. What it says of the job never changes: the command of a later attempt
 * differs in the attempt number alone.
 */
@NullMarked
package dev.accepted.contract.command;

import org.jspecify.annotations.NullMarked;
