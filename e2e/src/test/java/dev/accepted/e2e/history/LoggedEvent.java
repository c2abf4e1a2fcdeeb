package dev.accepted.e2e.history;

import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import java.time.Instant;

/** An event as it lies in the log. */
public record LoggedEvent(JobEvent event, Position at, Instant appendedAt) {}
