package dev.accepted.gateway.submission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * What this gateway accepted within the last minute, so that a GET is answered before the job's row is there. A cache:
 * it may forget earlier. Safe for use by many threads.
 */
@ApplicationScoped
public class RecentlyAccepted {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long MOST = 100_000;

    private final Cache<UUID, JobState> states =
            Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

    void add(JobState state) {
        states.put(state.id().uuid(), state);
    }

    /** A job as it was when it was accepted. */
    public Optional<JobState> find(JobId id) {
        return Optional.ofNullable(states.getIfPresent(id.uuid()));
    }
}
