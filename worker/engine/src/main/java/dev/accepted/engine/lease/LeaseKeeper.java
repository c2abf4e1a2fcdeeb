package dev.accepted.engine.lease;

import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJob;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeaseTable.Renewal;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Renews the leases of all attempts in memory with one statement, once a second. */
@Singleton
public class LeaseKeeper {

    private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

    private final DataSource database;
    private final Holder self;
    private final RunningJobs running;
    private final JobExecutor executor;
    private final Valve valve;
    private final KnownLimits limits;
    private final Duration ttl;
    private boolean reached = true;
    private boolean paused;
    private boolean drained;

    LeaseKeeper(
            DataSource database,
            Holder self,
            RunningJobs running,
            JobExecutor executor,
            Valve valve,
            KnownLimits limits,
            EngineConfig config) {
        this.database = database;
        this.self = self;
        this.running = running;
        this.executor = executor;
        this.valve = valve;
        this.limits = limits;
        this.ttl = config.worker().leaseTtl();
    }

    /**
     * Renews, and takes no fresh commands while the queue is paused or this worker is drained. On failure the leases age,
     * those past their time are let go, and no fresh commands are taken either.
     */
    public void renew() {
        Map<Held, RunningJob> held = new LinkedHashMap<>();
        running.all().forEach(job -> held.put(job.held(), job));
        long asked = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            Renewal renewal = LeaseTable.renew(connection, selfWithout(running.leaked()), ttl, held.keySet());
            settle(held, renewal.held(), asked);
            heardOfPause(renewal.paused());
            heardOfDrain(renewal.draining());
            limits.heard(renewal.limits());
            if (!reached) {
                LOG.info("PostgreSQL is back: leases are renewed again");
            }
            reached = true;
            valve.turn(!paused && !drained);
        } catch (SQLException e) {
            valve.turn(false);
            if (reached) {
                LOG.warnf(
                        "Leases cannot be renewed and are let go after %s, and no commands are taken; tried again every"
                                + " second: %s",
                        ttl, e.getMessage());
            }
            reached = false;
        }
        running.all().forEach(executor::letGoIfPastItsTime);
    }

    /** What is on the list of workers is what can be used; the list has no worker without a slot. */
    private Holder selfWithout(int leaked) {
        return new Holder(self.holder(), self.name(), self.queue(), Math.max(1, self.slots() - leaked));
    }

    private void heardOfPause(boolean now) {
        if (now != paused) {
            LOG.infof(
                    now ? "Queue %s is paused: what runs goes on, no commands are taken" : "Queue %s goes on",
                    self.queue());
        }
        paused = now;
    }

    private void heardOfDrain(boolean now) {
        if (now != drained) {
            LOG.infof(
                    now
                            ? "Worker %s is drained: what runs goes on, no commands are taken"
                            : "Worker %s is drained no longer",
                    self.name());
        }
        drained = now;
    }

    private void settle(Map<Held, RunningJob> held, Map<Held, Boolean> renewed, long asked) {
        held.forEach((pair, job) -> {
            Boolean cancelled = renewed.get(pair);
            if (cancelled == null) {
                // Gone from the table: ended by its own event that was folded meanwhile, or taken by somebody else.
                executor.abandon(job);
            } else {
                job.renewed(asked);
                if (cancelled) {
                    job.stop(RunningJob.Stop.CANCELLED);
                }
            }
        });
    }

    /** Takes this worker off the list of those that are there. */
    public void retire() {
        try (Connection connection = database.getConnection()) {
            LeaseTable.retire(connection, self);
        } catch (SQLException e) {
            LOG.debugf(e, "This worker stays on the list until its time is over");
        }
    }
}
