package dev.accepted.e2e.history;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import java.time.Instant;

/**
 * A command as it lies in the log.
 *
 * @param body the record's value, as text
 */
public record LoggedCommand(JobCommand command, Position at, Instant appendedAt, String body) {}
