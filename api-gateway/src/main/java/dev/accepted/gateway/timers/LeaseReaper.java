package dev.accepted.gateway.timers;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.lease.WorkerTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Declares attempts lost whose lease is past its time, and forgets leases that ended long ago.
 *
 * <p>It acts only after a full lease time of unbroken connection to PostgreSQL: after an outage of the database the
 * workers need that long to renew what they hold.
 */
@ApplicationScoped
class LeaseReaper {

    private static final Logger LOG = Logger.getLogger(LeaseReaper.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LEASE_TTL = Duration.ofSeconds(10);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final Duration ENDED_FOR = Duration.ofMinutes(10);
    private static final int MOST = 500;
    private static final int SWEEP = 5_000;

    private final DataSource database;
    private final LogWriter log;
    private final Loops loops;
    private @Nullable Long reachedSince;

    LeaseReaper(DataSource database, LogWriter log, Loops loops) {
        this.database = database;
        this.log = log;
        this.loops = loops;
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, this::reap);
    }

    private void reap() {
        try {
            Transaction.run(database, connection -> {
                if (reachedLongEnough()) {
                    declareLost(connection);
                }
                LeaseTable.sweepEnded(connection, ENDED_FOR, SWEEP);
                return WorkerTable.sweepGone(connection);
            });
        } catch (SQLException e) {
            reachedSince = null;
            LOG.warnf("Leases cannot be watched; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    private boolean reachedLongEnough() {
        long now = System.nanoTime();
        if (reachedSince == null) {
            reachedSince = now;
        }
        return now - reachedSince >= LEASE_TTL.toNanos();
    }

    private void declareLost(Connection connection) throws SQLException {
        List<LeasedCommand> expired = LeaseTable.lockExpired(connection, MOST);
        if (expired.isEmpty()) {
            return;
        }
        List<Uni<Held>> told = expired.stream().map(this::tell).toList();
        LeaseTable.end(connection, Uni.join().all(told).andFailFast().await().atMost(SEND));
    }

    private Uni<Held> tell(LeasedCommand lost) {
        LOG.warnf(
                "%s attempt %d: worker %s did not renew its lease; the next attempt is sent",
                lost.jobId(), lost.attempt(), lost.worker());
        Happening happening = new Happening.AttemptLost(
                lost.worker(),
                null,
                "Worker " + lost.worker() + " went away while it ran the job.",
                Happening.AttemptLost.Cause.WORKER_GONE);
        JobEvent event = new JobEvent(
                lost.jobId(), lost.tenant(), lost.type(), lost.queue(), lost.attempt(), lost.command(), happening);
        return log.append(event).map(at -> new Held(lost.job(), lost.attempt()));
    }
}
