package dev.accepted.e2e.load;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants.
 *
 * @param later how far ahead it is scheduled; null: at once
 * @param cancelAfter when the client changes its mind; null: never
 */
public record Order(
        Kind kind, @Nullable Duration later, @Nullable Duration cancelAfter) {

    /** At once, and meant. */
    public static Order of(Kind kind) {
        return new Order(kind, null, null);
    }

    /** The body of its submission. */
    public String body(String reference, Instant now) {
        String when = later == null ? "" : ",\"scheduled_time\":\"" + now.plus(later) + "\"";
        return "{\"type\":\"%s\",\"client_reference\":\"%s\",\"input\":%s%s}"
                .formatted(kind.type(), reference, kind.input(), when);
    }

    /** Whether its job may have ended so. */
    public boolean mayEnd(JobState ended, int mostAttempts) {
        return kind.mayEnd(ended, mostAttempts) || cancelAfter != null && ended.status() == Status.CANCELLED;
    }
}
