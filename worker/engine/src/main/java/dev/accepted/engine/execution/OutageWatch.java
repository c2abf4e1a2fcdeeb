package dev.accepted.engine.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells an outage of what a type's jobs need from one job that cannot succeed.
 *
 * <p>When enough different jobs of a type failed within a window, and none succeeded between them, it is an outage, and
 * lasts until one succeeds. Safe for use by many threads.
 */
final class OutageWatch {

    private final Clock clock;
    private final Settings settings;
    private final Map<String, Failing> types = new HashMap<>();

    /**
     * When failures are an outage, and what is then waited at least.
     *
     * @param jobs different jobs of a type that failed
     * @param window the time within which they did
     * @param delay the shortest wait during an outage
     */
    record Settings(int jobs, Duration window, Duration delay) {}

    /**
     * What one failure says.
     *
     * @param began whether it was the one that made it an outage
     * @param floor what is waited at least before the next attempt; zero while there is no outage
     */
    record Reading(boolean began, Duration floor) {}

    private static final class Failing {
        final Map<UUID, Instant> jobs = new LinkedHashMap<>();

        @Nullable
        Instant outageSince;
    }

    OutageWatch(Clock clock, Settings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** A job of the type failed and might be tried again. */
    synchronized Reading failed(String type, UUID job) {
        Failing failing = types.computeIfAbsent(type, t -> new Failing());
        Instant now = clock.instant();
        boolean began = failing.outageSince == null && isOutage(failing, job, now);
        Instant since = failing.outageSince;
        return new Reading(began, since == null ? Duration.ZERO : longer(settings.delay, Duration.between(since, now)));
    }

    private boolean isOutage(Failing failing, UUID job, Instant now) {
        failing.jobs.remove(job);
        failing.jobs.put(job, now);
        Instant horizon = now.minus(settings.window);
        failing.jobs.values().removeIf(at -> at.isBefore(horizon));
        if (failing.jobs.size() < settings.jobs) {
            return false;
        }
        failing.outageSince = failing.jobs.values().iterator().next();
        failing.jobs.clear();
        return true;
    }

    /** A job of the type succeeded; gives how long the outage lasted that this ended, if there was one. */
    synchronized Optional<Duration> succeeded(String type) {
        Failing failing = types.remove(type);
        return failing == null || failing.outageSince == null
                ? Optional.empty()
                : Optional.of(Duration.between(failing.outageSince, clock.instant()));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
