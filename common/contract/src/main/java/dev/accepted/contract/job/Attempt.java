package dev.accepted.contract.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.accepted.contract.log.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a job's history: an attempt that ended, or an act upon the job.
 *
 * @param outcome the event that ended it, for example {@code attempt-failed}
 * @param reason what whoever acted upon the job said for it, or why it was held back
 * @param nextAt when the attempt that follows is due, where the event set that
 * @param position where that event lies
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attempt(
        int number,
        String outcome,
        @Nullable String worker,
        @Nullable Instant startedAt,
        Instant endedAt,
        @Nullable JobError error,
        @Nullable String reason,
        @Nullable Instant nextAt,
        Position position) {

    /** Whether it was not run because of a limit. */
    boolean isHeldBack() {
        return outcome.equals(Happening.HeldBack.NAME);
    }
}
