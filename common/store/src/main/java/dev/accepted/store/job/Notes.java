package dev.accepted.store.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Run;
import dev.accepted.contract.job.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the column {@code work} holds: the part of {@link Work} that has no column of its own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Notes(
        @Nullable Progress progress,
        @Nullable Map<String, Long> counts,
        int failures,
        int losses,
        @Nullable Run run,
        @Nullable List<Attempt> history) {

    public static Notes of(Work work) {
        return new Notes(work.progress(), work.counts(), work.failures(), work.losses(), work.run(), work.history());
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
