package dev.accepted.gateway.timers;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.lease.WorkerTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
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
    /** Clients wait for what a dead worker left; a look costs a read of an index that holds the live leases alone. */
    private static final Duration PERIOD = Duration.ofMillis(250);

    private static final Duration FORGET_PERIOD = Duration.ofSeconds(1);
    private static final Duration SEND = Duration.ofSeconds(5);
    private static final Duration ENDED_FOR = Duration.ofMinutes(10);
    private static final int MOST = 500;
    private static final int SWEEP = 5_000;

    private final DataSource database;
    private final LogWriter log;
    private final Duration leaseTtl;
    private final LongSupplier nanoTime;
    private @Nullable Long reachedSince;
    private boolean away;

    @Inject
    LeaseReaper(DataSource database, LogWriter log, GatewayConfig config) {
        this(database, log, config.worker().leaseTtl(), System::nanoTime);
    }

    /** @param nanoTime a clock that nobody sets */
    LeaseReaper(DataSource database, LogWriter log, Duration leaseTtl, LongSupplier nanoTime) {
        this.database = database;
        this.log = log;
        this.leaseTtl = leaseTtl;
        this.nanoTime = nanoTime;
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, this::reap);
        loops.every(FORGET_PERIOD, this::forget);
    }

    void reap() {
        try {
            Transaction.run(database, connection -> {
                if (reachedLongEnough()) {
                    declareLost(connection);
                }
                return true;
            });
            away = false;
        } catch (SQLException e) {
            reachedSince = null;
            if (!away) {
                LOG.warnf("Leases cannot be watched; tried again every %s: %s", PERIOD, e.getMessage());
            }
            away = true;
        }
    }

    /** Leases and workers whose time was over long ago. */
    void forget() {
        try {
            Transaction.run(database, connection -> {
                LeaseTable.sweepEnded(connection, ENDED_FOR, SWEEP);
                return WorkerTable.sweepGone(connection);
            });
        } catch (SQLException e) {
            LOG.debugf(e, "What is over is forgotten later");
        }
    }

    private boolean reachedLongEnough() {
        long now = nanoTime.getAsLong();
        if (reachedSince == null) {
            reachedSince = now;
        }
        return now - reachedSince >= leaseTtl.toNanos();
    }

    private void declareLost(Connection connection) throws SQLException {
        List<LeasedCommand> expired = LeaseTable.lockExpired(connection, MOST);
        if (expired.isEmpty()) {
            return;
        }
        Map<Held, CompletableFuture<Position>> told = new LinkedHashMap<>();
        for (LeasedCommand lost : expired) {
            told.put(
                    new Held(lost.job(), lost.attempt()),
                    log.append(eventOf(lost)).subscribeAsCompletionStage());
        }
        LeaseTable.end(connection, acknowledged(told));
    }

    /** Those that the log has. A lease of which it has no loss stays, and is found again. */
    private static List<Held> acknowledged(Map<Held, CompletableFuture<Position>> told) {
        long since = System.nanoTime();
        List<Held> acknowledged = new ArrayList<>();
        for (Map.Entry<Held, CompletableFuture<Position>> loss : told.entrySet()) {
            try {
                long left = SEND.toNanos() - (System.nanoTime() - since);
                loss.getValue().get(Math.max(0, left), TimeUnit.NANOSECONDS);
                acknowledged.add(loss.getKey());
            } catch (ExecutionException | TimeoutException e) {
                LOG.warnf("The loss of %s cannot be told; tried again in %s: %s", loss.getKey(), PERIOD, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return acknowledged;
            }
        }
        return acknowledged;
    }

    private static JobEvent eventOf(LeasedCommand lost) {
        LOG.warnf(
                "%s attempt %d: worker %s did not renew its lease; the next attempt is sent",
                lost.jobId(), lost.attempt(), lost.worker());
        Happening happening = lost.heldBy() == null ? gone(lost) : heldBack(lost, lost.heldBy());
        return new JobEvent(
                lost.jobId(), lost.tenant(), lost.type(), lost.queue(), lost.attempt(), lost.command(), happening);
    }

    private static Happening gone(LeasedCommand lost) {
        return new Happening.AttemptLost(
                lost.worker(),
                null,
                "Worker " + lost.worker() + " went away while it ran the job.",
                Happening.AttemptLost.Cause.WORKER_GONE);
    }

    /** It went away before it had told that the attempt is not run: there is nothing that it lost. */
    private static Happening heldBack(LeasedCommand lost, Limit limit) {
        return new Happening.HeldBack(Objects.requireNonNull(lost.worker()), limit);
    }
}
