package dev.accepted.e2e.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One {@code GET} of a job's status that was answered.
 *
 * @param sentAt before it left
 * @param answeredAt after the answer was there
 * @param shown null unless the answer was a job
 */
public record Look(
        String jobId,
        String gateway,
        Instant sentAt,
        Instant answeredAt,
        int code,
        @Nullable Shown shown) {

    /**
     * What a client sees of a job.
     *
     * @param finishedAt as it stands in the body
     */
    public record Shown(
            String status,
            boolean done,
            int attempt,
            @Nullable String finishedAt) {}
}
