package dev.accepted.gateway.overview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.queues.Queues;
import dev.accepted.gateway.status.FleetBody;
import dev.accepted.gateway.watching.JobWatch.Following;
import dev.accepted.store.job.FinishedJobs;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;

/** Looks at the fleet. Blocking; for one thread. */
@Singleton
class Sampler {

    private static final Duration RECENT = Duration.ofMinutes(1);

    /** Counting must not become the work: it is done again after so many times as long as it took. */
    private static final int REST = 20;

    private final Queues queues;
    private final ChangedJobs changed;
    private final FleetBody bodies;
    private final DataSource database;
    private final Clock clock;
    private Map<Status, Long> finished = Map.of();
    private long countAgainNanos = System.nanoTime();

    Sampler(Queues queues, ChangedJobs changed, FleetBody bodies, DataSource database, Clock clock) {
        this.queues = queues;
        this.changed = changed;
        this.bodies = bodies;
        this.database = database;
        this.clock = clock;
    }

    /** Begins to take note of what changes, until that is closed. */
    Following begin() {
        return changed.begin();
    }

    /** How the fleet stands now, and what changed since the last time. */
    Sample sample() {
        ObjectNode overview = Wire.JSON.createObjectNode();
        overview.put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        try {
            overview.set("queues", queues.shown());
            count();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        ObjectNode ended = overview.putObject("finished_last_minute");
        Arrays.stream(Status.values())
                .filter(Status::done)
                .forEach(status -> ended.put(status.word(), finished.getOrDefault(status, 0L)));
        ArrayNode jobs = Wire.JSON.createArrayNode();
        for (JobState state : changed.take()) {
            jobs.add(bodies.of(state));
        }
        return Sample.of(overview, jobs);
    }

    private void count() throws SQLException {
        long began = System.nanoTime();
        if (began - countAgainNanos >= 0) {
            finished = Transaction.run(database, connection -> FinishedJobs.count(connection, RECENT));
            countAgainNanos = System.nanoTime() + REST * (System.nanoTime() - began);
        }
    }
}
