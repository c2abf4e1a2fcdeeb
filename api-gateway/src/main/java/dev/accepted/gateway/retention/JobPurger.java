package dev.accepted.gateway.retention;

import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.cancel.StopEvents;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.PastJobs;
import dev.accepted.store.job.UnfinishedJobs;
import dev.accepted.store.partition.Partitions;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Drops the jobs of days that are wholly past the horizon, and what hangs on them. */
@ApplicationScoped
class JobPurger {

    private static final Logger LOG = Logger.getLogger(JobPurger.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int MOST = 1_000;
    private static final UUID FIRST = new UUID(0, 0);

    private final DataSource database;
    private final LogWriter log;
    private final Clock clock;
    private final Horizon horizon;

    JobPurger(DataSource database, LogWriter log, Clock clock, GatewayConfig config) {
        this.database = database;
        this.log = log;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, () -> purge(clock.instant()));
    }

    /** Purges what is past at a time, unless another gateway is at it. */
    void purge(Instant now) {
        LocalDate firstKept = horizon.at(now).atOffset(ZoneOffset.UTC).toLocalDate();
        try {
            Transaction.run(database, connection -> {
                // Held until the transaction ends, which does nothing but that.
                if (PastJobs.isMyTurn(connection)) {
                    purge(firstKept);
                }
                return true;
            });
        } catch (SQLException | IllegalStateException e) {
            LOG.warnf(
                    "Jobs from before %s cannot be removed; tried again in %s: %s", firstKept, PERIOD, e.getMessage());
        }
    }

    private void purge(LocalDate firstKept) throws SQLException {
        UUID lowest = UuidV7.lowest(firstKept.atStartOfDay(ZoneOffset.UTC).toInstant());
        endUnfinished(lowest);
        int forgotten = MOST;
        while (forgotten >= MOST) {
            forgotten = Transaction.run(database, connection -> PastJobs.forget(connection, lowest, MOST));
        }
        List<LocalDate> days = Transaction.run(database, connection -> Partitions.before(connection, firstKept));
        for (LocalDate day : days) {
            Transaction.run(database, connection -> {
                Partitions.drop(connection, day);
                return true;
            });
            LOG.infof("The jobs accepted on %s are removed: their time is over", day);
        }
    }

    /** They were ended before they came to the horizon, unless no gateway was there to do it. */
    private void endUnfinished(UUID lowest) throws SQLException {
        UUID after = FIRST;
        List<JobState> old;
        do {
            UUID from = after;
            old = Transaction.run(database, connection -> UnfinishedJobs.between(connection, from, lowest, MOST));
            tell(old);
            after = old.isEmpty() ? after : old.get(old.size() - 1).id().uuid();
        } while (old.size() == MOST);
    }

    private void tell(List<JobState> ends) {
        try {
            LogWriter.await(
                    ends.stream()
                            .map(state -> log.append(StopEvents.expired(
                                    state, "It had not ended when the time that jobs are kept was over.")))
                            .toList(),
                    SEND);
        } catch (LogAway e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
