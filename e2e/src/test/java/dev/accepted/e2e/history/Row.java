package dev.accepted.e2e.history;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the table says of a job. */
public record Row(
        String jobId,
        String tenant,
        String type,
        String queue,
        String status,
        int attempt,
        int version,
        @Nullable Instant finishedAt,
        int dispatched,
        @Nullable Position command,
        long eventOffset,
        int applied,
        int fenced) {

    /** What it should say of a job in that state. */
    public static Row of(JobState state) {
        return new Row(
                state.id().text(),
                state.tenant(),
                state.type(),
                state.queue(),
                state.status().word(),
                state.phase().attempt(),
                state.version(),
                state.finishedAt().orElse(null),
                state.dispatched(),
                state.command(),
                state.eventOffset(),
                state.applied(),
                state.fenced());
    }
}
