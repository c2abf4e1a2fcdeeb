package dev.accepted.e2e.history;

import java.time.Instant;

/**
 * A handler began, as the execution log of the probe workers tells.
 *
 * @param notBefore when the log was last seen without it
 */
public record Execution(String jobId, int attempt, Instant notBefore) {}
