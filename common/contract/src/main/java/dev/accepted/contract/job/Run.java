package dev.accepted.contract.job;

import java.time.Instant;

/**
 * An attempt that a worker is at.
 *
 * @param worker its name
 */
public record Run(int attempt, String worker, Instant startedAt) {}
