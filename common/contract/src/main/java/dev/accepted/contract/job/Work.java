package dev.accepted.contract.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of the job's attempts so far.
 *
 * @param startedAt when its first attempt began
 * @param updatedAt when its last event was appended
 * @param checkpoint from where the next attempt goes on
 * @param failures attempts that failed by their own fault since the job was sent or redriven
 * @param losses attempts whose worker went away, since then
 * @param run the attempt that is being run; null when none is known to be
 * @param history the last {@value #HISTORY_LIMIT} entries
 */
public record Work(
        @Nullable Instant startedAt,
        @Nullable Instant updatedAt,
        @Nullable Progress progress,
        Map<String, Long> counts,
        @Nullable JsonNode checkpoint,
        int failures,
        int losses,
        @Nullable Run run,
        List<Attempt> history) {

    /** A job that took so many workers down with it is not sent again. */
    static final int MOST_LOSSES = 10;

    static final int HISTORY_LIMIT = 50;

    /** No attempt yet. */
    public static final Work NONE = new Work(null, null, null, Map.of(), null, 0, 0, null, List.of());

    Work begun(@Nullable Instant at) {
        return startedAt != null || at == null
                ? this
                : new Work(at, updatedAt, progress, counts, checkpoint, failures, losses, run, history);
    }

    Work updated(Instant at) {
        return new Work(startedAt, at, progress, counts, checkpoint, failures, losses, run, history);
    }

    Work progressed(@Nullable Progress to, Map<String, Long> counted, @Nullable JsonNode kept) {
        Map<String, Long> merged = counts;
        if (!counted.isEmpty()) {
            merged = new HashMap<>(counts);
            merged.putAll(counted);
        }
        return new Work(
                startedAt,
                updatedAt,
                to == null ? progress : to,
                Map.copyOf(merged),
                kept == null ? checkpoint : kept,
                failures,
                losses,
                run,
                history);
    }

    Work runs(Run now) {
        Work begun = begun(now.startedAt());
        return new Work(begun.startedAt, updatedAt, progress, counts, checkpoint, failures, losses, now, history);
    }

    Work stopped() {
        return new Work(startedAt, updatedAt, progress, counts, checkpoint, failures, losses, null, history);
    }

    /** A new series of attempts: what failed before does not count against it. */
    Work anew() {
        return new Work(startedAt, updatedAt, progress, counts, checkpoint, 0, 0, run, history);
    }

    Work failedOnce() {
        return new Work(startedAt, updatedAt, progress, counts, checkpoint, failures + 1, losses, run, history);
    }

    Work lostOnce() {
        return new Work(startedAt, updatedAt, progress, counts, checkpoint, failures, losses + 1, run, history);
    }

    boolean wasRedriven() {
        return history.stream().anyMatch(entry -> entry.outcome().equals(Happening.Redriven.NAME));
    }

    /** Whether earlier entries of the history may be gone. */
    public boolean historyIsFull() {
        return history.size() >= HISTORY_LIMIT;
    }

    /** However often a job is held back in a row, that is one entry: the first for the limit it waits for now. */
    Work with(Attempt entry) {
        List<Attempt> longer = new ArrayList<>(history);
        if (entry.isHeldBack()
                && !longer.isEmpty()
                && longer.get(longer.size() - 1).isHeldBack()) {
            Attempt before = longer.remove(longer.size() - 1);
            if (Objects.equals(before.reason(), entry.reason())) {
                return this;
            }
        }
        longer.add(entry);
        if (longer.size() > HISTORY_LIMIT) {
            longer.remove(0);
        }
        return new Work(startedAt, updatedAt, progress, counts, checkpoint, failures, losses, run, List.copyOf(longer));
    }
}
