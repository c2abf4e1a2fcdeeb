package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/**
 * A job that the log has, as its client is told.
 *
 * @param typicalDuration how long it may take where the document does not say it
 * @param headers what its answer has besides those of every 202
 */
record Accepted(ObjectNode document, Duration typicalDuration, Map<String, String> headers) {

    private static final String REPLAYED = "Idempotency-Replayed";

    /** Whether it was before. */
    boolean replayed() {
        return headers.containsKey(REPLAYED);
    }

    /** Accepted by this very request. */
    static Accepted now(ObjectNode document, Duration typicalDuration) {
        return new Accepted(document, typicalDuration, Map.of());
    }

    /** Accepted by an earlier request with the same key. */
    static Accepted before(ObjectNode document) {
        return new Accepted(document, Duration.ZERO, Map.of(REPLAYED, "true"));
    }
}
