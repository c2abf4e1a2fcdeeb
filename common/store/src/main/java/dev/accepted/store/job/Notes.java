package dev.accepted.store.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Run;
import dev.accepted.contract.job.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the column {@code work} holds: the part of {@link Work} that has no column of its own.
 *
 * @param heldBy the limit that the job waits for
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Notes(
        @Nullable Progress progress,
        @Nullable Map<String, Long> counts,
        int failures,
        int losses,
        @Nullable Run run,
        @Nullable List<Attempt> history,
        @Nullable Limit heldBy) {

    static final Notes NONE = new Notes(null, null, 0, 0, null, null, null);

    public static Notes of(JobState state) {
        Work work = state.work();
        return new Notes(
                work.progress(),
                work.counts(),
                work.failures(),
                work.losses(),
                work.run(),
                work.history(),
                state.phase() instanceof Phase.Queued queued ? queued.heldBy() : null);
    }

    public Work toWork(@Nullable Instant startedAt, @Nullable Instant updatedAt, @Nullable JsonNode checkpoint) {
        return new Work(
                startedAt,
                updatedAt,
                progress,
                counts == null ? Map.of() : counts,
                checkpoint,
                failures,
                losses,
                run,
                history == null ? List.of() : history);
    }
}
