package dev.accepted.contract.id;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Where the past ends: what was accepted before it is gone, whatever else still speaks of it. It follows from an id's own
 * time alone, so that everybody draws the same line without asking.
 *
 * @param retention how long a job is kept
 */
public record Horizon(Duration retention) {

    /** Whether a job is older than jobs are kept. */
    public boolean hasPassed(JobId id, Instant now) {
        return id.createdAt().isBefore(at(now));
    }

    /** When a job was accepted that is gone in a moment. */
    public Instant at(Instant now) {
        return now.minus(retention);
    }

    /** The lowest id that is kept. */
    public UUID lowest(Instant now) {
        return UuidV7.lowest(at(now));
    }
}
