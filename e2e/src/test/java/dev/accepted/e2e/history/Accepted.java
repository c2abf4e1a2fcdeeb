package dev.accepted.e2e.history;

import java.time.Instant;

/**
 * A 202.
 *
 * @param reference the client's own name for the job
 * @param gateway who answered
 */
public record Accepted(String jobId, String reference, String gateway, Instant at) {}
