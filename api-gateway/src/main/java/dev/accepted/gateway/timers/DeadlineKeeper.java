package dev.accepted.gateway.timers;

import static java.util.Objects.requireNonNull;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.cancel.StopEvents;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.UnfinishedJobs;
import dev.accepted.store.lease.StopTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Ends jobs that are past their deadline and that no worker holds (one that does ends its job itself), and those that
 * are unfinished when the time that jobs are kept is over, whoever holds them.
 */
@ApplicationScoped
class DeadlineKeeper {

    private static final Logger LOG = Logger.getLogger(DeadlineKeeper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration HORIZON_PERIOD = Duration.ofMinutes(10);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int MOST = 500;

    /** How far behind the horizon is looked: only the partitions of so many days are read. */
    private static final Duration BEHIND = Duration.ofDays(2);

    /** A job ends so much before it is gone, so that its client can see the end. */
    private static final Duration SHOWN = Duration.ofHours(1);

    private static final int LEAST_PART_SHOWN = 24;

    private final DataSource database;
    private final LogWriter log;
    private final Loops loops;
    private final Clock clock;
    private final Duration retention;

    DeadlineKeeper(DataSource database, LogWriter log, Loops loops, Clock clock, GatewayConfig config) {
        this.database = database;
        this.log = log;
        this.loops = loops;
        this.clock = clock;
        this.retention = config.retention();
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, () -> guarded(this::endOverdue));
        loops.every(HORIZON_PERIOD, () -> guarded(this::endAtHorizon));
    }

    /** One of the keeper's duties. */
    private interface Duty {
        void run() throws SQLException, LogAway;
    }

    private static void guarded(Duty duty) {
        try {
            duty.run();
        } catch (SQLException | LogAway e) {
            LOG.warnf("Jobs past their deadline cannot be ended; it is tried again: %s", e.getMessage());
        }
    }

    private void endOverdue() throws SQLException, LogAway {
        List<JobEvent> ends = takeOverdue();
        while (!ends.isEmpty()) {
            append(ends);
            ends = ends.size() < MOST ? List.of() : takeOverdue();
        }
    }

    /** The leases are taken when the transaction ends; what is written comes after, and is reminded of if it is lost. */
    private List<JobEvent> takeOverdue() throws SQLException {
        return Transaction.run(database, connection -> {
            Map<UUID, JobState> overdue = UnfinishedJobs.lockOverdue(connection, MOST).stream()
                    .filter(state -> state.command() != null)
                    .collect(Collectors.toMap(state -> state.id().uuid(), Function.identity()));
            return StopTable.stopFree(connection, List.copyOf(overdue.values())).stream()
                    .map(stop -> StopEvents.of(stop, requireNonNull(overdue.get(stop.job()))))
                    .toList();
        });
    }

    void endAtHorizon() throws SQLException, LogAway {
        Duration part = retention.dividedBy(LEAST_PART_SHOWN);
        Instant horizon = clock.instant().minus(retention).plus(part.compareTo(SHOWN) < 0 ? part : SHOWN);
        UUID before = UuidV7.lowest(horizon);
        UUID after = UuidV7.lowest(horizon.minus(BEHIND));
        List<JobState> old;
        do {
            old = unfinished(after, before);
            append(old.stream()
                    .map(state -> StopEvents.expired(
                            state, "It had not ended when the time that jobs are kept was nearly over."))
                    .toList());
            after = old.isEmpty() ? before : old.get(old.size() - 1).id().uuid();
        } while (old.size() == MOST);
    }

    private List<JobState> unfinished(UUID after, UUID before) throws SQLException {
        return Transaction.run(database, connection -> UnfinishedJobs.between(connection, after, before, MOST));
    }

    private void append(List<JobEvent> events) throws LogAway {
        if (!events.isEmpty()) {
            LOG.infof("%d jobs have run out of time and are ended", events.size());
            LogWriter.await(events.stream().map(log::append).toList(), SEND);
        }
    }
}
