package dev.accepted.gateway.replay;

import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.sweep.FoldBehind;
import dev.accepted.gateway.sweep.StrandedJobs;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.replay.Candidates;
import dev.accepted.store.replay.Mode;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.ReplayTable;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Does what the sweep would do next, for the jobs that are chosen. */
@Singleton
class Strandings implements Course {

    private static final Logger LOG = Logger.getLogger(Strandings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StrandedJobs jobs;
    private final DataSource database;

    Strandings(StrandedJobs jobs, DataSource database) {
        this.jobs = jobs;
        this.database = database;
    }

    /** The stranded jobs of a selection. */
    List<Stranded> find(Selection selection) throws SQLException, ExecutionException, InterruptedException {
        List<Stranded> found = jobs.find(PATIENCE);
        if (found.isEmpty()) {
            return found;
        }
        Set<UUID> chosen = Transaction.run(
                database,
                connection -> Candidates.among(
                        connection,
                        Mode.MISSING,
                        selection,
                        found.stream().map(Stranded::job).toList()));
        return found.stream().filter(job -> chosen.contains(job.job())).toList();
    }

    @Override
    public void step(Replay replay) throws SQLException, LogAway, ExecutionException, InterruptedException {
        try {
            List<Stranded> found = find(replay.selection());
            int rescued = jobs.rescue(found);
            LOG.infof("Replay %s: %d stranded jobs found, %d sent or ended", replay.id(), found.size(), rescued);
            Transaction.run(database, connection -> {
                ReplayTable.counted(connection, replay.id(), replay.matched() + rescued, 0);
                // What was sent is looked for again: there may be more than one look shows.
                if (rescued == 0) {
                    ReplayTable.end(connection, replay.id(), State.SUCCEEDED, null, sentence(replay, found));
                }
                return true;
            });
        } catch (FoldBehind e) {
            LOG.debugf("Replay %s waits: %s", replay.id(), e.getMessage());
        }
    }

    private static String sentence(Replay replay, List<Stranded> left) {
        return left.isEmpty()
                ? replay.matched() + " were sent or ended; no job is stranded any more."
                : replay.matched() + " were sent or ended; " + left.size() + " cannot be, the first is "
                        + left.get(0).jobId() + ": see the gateways' logs.";
    }
}
