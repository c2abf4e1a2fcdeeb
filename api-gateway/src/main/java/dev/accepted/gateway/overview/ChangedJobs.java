package dev.accepted.gateway.overview;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.status.FleetPages;
import dev.accepted.gateway.watching.JobNews;
import dev.accepted.gateway.watching.JobWatch.Following;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of the jobs that change: of events as the log has them, whichever gateway folds them, and of new rows. What is
 * shown is in the table. Where more change than are shown, the newest are. Noted from any thread, taken by one.
 */
@Singleton
class ChangedJobs {

    private static final int SHOWN = 50;

    /** A row that does not get an event within so many looks will not: nobody could read the event. */
    private static final int MOST_LOOKS = 10;

    /** Rows of jobs that were accepted longer ago are not new, however late they come. */
    private static final Duration NEW = Duration.ofSeconds(10);

    /** So far the clocks of gateways may be apart; what is from further ahead would stand before all that is new. */
    private static final Duration AHEAD = Duration.ofSeconds(5);

    private final JobNews news;
    private final FleetPages jobs;
    private final Clock clock;
    private final Latest<UUID, Noted> noted = new Latest<>(4 * SHOWN);

    /** The new rows of the last look; null before the first. */
    private @Nullable Set<UUID> known;

    ChangedJobs(JobNews news, FleetPages jobs, Clock clock) {
        this.news = news;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** An event that a job's row is to have, and how often that was looked for. */
    private record Noted(long offset, int looks) {}

    /** Takes note from now on, until that is closed. */
    Following begin() {
        noted.clear();
        known = null;
        return news.follow((id, offset) ->
                JobId.parse(id).ifPresent(job -> noted.put(job.uuid(), new Noted(offset, 0))));
    }

    /** What changed since the last time, newest first; at the first time nothing. Fails if the table is away. */
    List<JobState> take() {
        Map<UUID, JobState> taken = new HashMap<>();
        newRows().forEach(state -> taken.put(state.id().uuid(), state));
        changedRows().forEach(state -> taken.put(state.id().uuid(), state));
        return taken.values().stream()
                .sorted(Comparator.comparing(JobState::updatedAt).reversed())
                .limit(SHOWN)
                .toList();
    }

    private List<JobState> newRows() {
        Instant now = clock.instant();
        List<JobState> found = jobs.newest(now.minus(NEW), now.plus(AHEAD), SHOWN);
        Set<UUID> before = known;
        known = found.stream().map(state -> state.id().uuid()).collect(Collectors.toSet());
        return before == null
                ? List.of()
                : found.stream()
                        .filter(state -> !before.contains(state.id().uuid()))
                        .toList();
    }

    private Collection<JobState> changedRows() {
        Map<UUID, Noted> events = noted.take(SHOWN);
        List<JobState> rows = events.isEmpty() ? List.of() : jobs.read(events.keySet());
        Map<UUID, JobState> there = new LinkedHashMap<>();
        for (JobState row : rows) {
            Noted event = events.get(row.id().uuid());
            if (event != null && row.eventOffset() >= event.offset()) {
                events.remove(row.id().uuid());
                there.put(row.id().uuid(), row);
            }
        }
        // What is left is not folded yet.
        events.forEach((job, event) -> {
            if (event.looks() < MOST_LOOKS) {
                noted.putIfAbsent(job, new Noted(event.offset(), event.looks() + 1));
            }
        });
        return there.values();
    }
}
