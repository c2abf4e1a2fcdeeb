package dev.accepted.contract.job;

import dev.accepted.contract.log.Position;
import java.time.Instant;

/**
 * What is to be sent later: the command that lies at a position, as that attempt, not before that time.
 *
 * <p>It exists if and only if the job waits and its next attempt was not sent.
 */
public record Timer(int attempt, Instant dueAt, Position command) {}
