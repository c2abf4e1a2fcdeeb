package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A job that the log has, as its client is told.
 *
 * @param fresh the job itself; empty where an earlier request made it
 */
record Accepted(ObjectNode document, Optional<Fresh> fresh) {

    private static final String REPLAYED = "Idempotency-Replayed";

    /** A job that this very request made. */
    record Fresh(JobState state, JobTypeDescriptor type) {}

    /** Whether it was accepted before. */
    boolean replayed() {
        return fresh.isEmpty();
    }

    /** What its answer has besides the headers of every 202. */
    Map<String, String> headers() {
        return replayed() ? Map.of(REPLAYED, "true") : Map.of();
    }

    /** How long it may take where the document does not say it. */
    Duration typicalDuration() {
        return fresh.map(job -> job.type().typicalDuration()).orElse(Duration.ZERO);
    }

    /** Accepted by this very request. */
    static Accepted now(ObjectNode document, JobState state, JobTypeDescriptor type) {
        return new Accepted(document, Optional.of(new Fresh(state, type)));
    }

    /** Accepted by an earlier request with the same key. */
    static Accepted before(ObjectNode document) {
        return new Accepted(document, Optional.empty());
    }
}
