package dev.accepted.engine.lease;

import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJob;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
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
    private final Duration ttl;
    private boolean reached = true;

    LeaseKeeper(DataSource database, Holder self, RunningJobs running, JobExecutor executor, EngineConfig config) {
        this.database = database;
        this.self = self;
        this.running = running;
        this.executor = executor;
        this.ttl = config.worker().leaseTtl();
    }

    /** Renews; on failure the leases age, and those past their time are let go. */
    public void renew() {
        Map<Held, RunningJob> held = new LinkedHashMap<>();
        running.all().forEach(job -> held.put(job.held(), job));
        long asked = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            settle(held, LeaseTable.renew(connection, self, ttl, held.keySet()), asked);
            if (!reached) {
                LOG.info("PostgreSQL is back: leases are renewed again");
            }
            reached = true;
        } catch (SQLException e) {
            if (reached) {
                LOG.warnf(
                        "Leases cannot be renewed and are let go after %s; tried again every second: %s",
                        ttl, e.getMessage());
            }
            reached = false;
        }
        letGoWhatIsPastItsTime();
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

    private void letGoWhatIsPastItsTime() {
        long now = System.nanoTime();
        for (RunningJob job : running.all()) {
            if (job.sinceRenewal(now).compareTo(ttl) > 0) {
                executor.abandon(job);
            }
        }
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
