package dev.accepted.gateway.concurrency;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.gateway.estimates.HeldJobs;
import dev.accepted.store.concurrency.ConcurrencyLimit;
import dev.accepted.store.concurrency.Group;
import dev.accepted.store.concurrency.HeldTimers;
import dev.accepted.store.concurrency.HeldTimers.Line;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.concurrency.Limits;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who waits for a limit, as of a second ago: from it estimates are made, without a question to PostgreSQL. Safe for use by
 * many threads.
 */
@Singleton
class Lines implements HeldJobs {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);
    private static final Snapshot NONE = new Snapshot(Map.of(), new Limits(List.of()));

    private volatile Snapshot now = NONE;
    private long lookedNanos;

    private record Snapshot(Map<Group, Line> lines, Limits limits) {}

    /** Looks again, if that was some time ago and something waits. For one thread. */
    void look(Connection connection, boolean someWait) throws SQLException {
        if (!someWait) {
            now = NONE;
        } else if (now.lines.isEmpty() || System.nanoTime() - lookedNanos > GOOD_FOR.toNanos()) {
            List<ConcurrencyLimit> limits = LimitTable.all(connection);
            now = new Snapshot(HeldTimers.lines(connection), new Limits(limits));
            lookedNanos = System.nanoTime();
        }
    }

    /** Whether a job is under a limit, as far as something waits at all. */
    boolean limited(JobState state) {
        Snapshot known = now;
        return !known.limits.over(group(state)).isEmpty();
    }

    private static Group group(JobState state) {
        return new Group(state.tenant(), state.queue(), state.type());
    }

    @Override
    public Optional<Place> place(JobState state, Phase.Queued queued) {
        Group group = group(state);
        Line line = now.lines.get(group);
        if (queued.heldBy() == null || queued.notBefore() == null) {
            return line == null ? Optional.empty() : Optional.of(new Place(line.waiting(), most(group)));
        }
        long ahead = line == null ? 0 : ahead(line, queued.notBefore());
        return Optional.of(new Place(ahead, most(group)));
    }

    private int most(Group group) {
        Limits limits = now.limits;
        return Math.max(
                1, limits.over(group).stream().mapToInt(limits::most).min().orElse(Integer.MAX_VALUE));
    }

    /** As if they had come evenly from the first to the last. */
    private static long ahead(Line line, Instant since) {
        long all = Duration.between(line.first(), line.last()).toMillis();
        long before = Duration.between(line.first(), since).toMillis();
        double part = all <= 0 ? 0 : Math.min(1, Math.max(0, (double) before / all));
        return Math.round(part * (line.waiting() - 1));
    }
}
