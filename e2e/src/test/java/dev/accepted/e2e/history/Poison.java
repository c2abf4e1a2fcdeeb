package dev.accepted.e2e.history;

import dev.accepted.contract.log.Position;

/**
 * A record that was written past the gateways and that nobody can read.
 *
 * @param jobId the job that it speaks of, which was never accepted; empty when it names none
 */
public record Poison(Position at, String what, String jobId) {}
