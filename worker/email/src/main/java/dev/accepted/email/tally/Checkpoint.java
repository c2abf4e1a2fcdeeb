package dev.accepted.email.tally;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What the next attempt goes on from.
 *
 * @param next all lines before this one are settled
 * @param ahead lines from {@code next} on that are settled too, after an attempt that ended early
 * @param startedAtMillis when the first attempt started, in milliseconds of the epoch
 * @param reasons why lines failed, each once
 * @param failures which lines failed for which reason, as {@link FailureLedger} packs it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Checkpoint(
        int next,
        List<Integer> ahead,
        long sent,
        long failed,
        long skipped,
        long startedAtMillis,
        List<String> reasons,
        byte[] failures) {

    /** Before the first line. */
    public static Checkpoint start(long startedAtMillis) {
        return new Checkpoint(0, List.of(), 0, 0, 0, startedAtMillis, List.of(), new byte[0]);
    }

    /** A member that was empty is absent from the JSON, and read as null. */
    @SuppressWarnings({"NullAway", "ConstantValue"})
    public Checkpoint {
        ahead = ahead == null ? List.of() : List.copyOf(ahead);
        reasons = reasons == null ? List.of() : List.copyOf(reasons);
        failures = failures == null ? new byte[0] : failures;
    }
}
