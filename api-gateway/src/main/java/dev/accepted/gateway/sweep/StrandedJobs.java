package dev.accepted.gateway.sweep;

import dev.accepted.gateway.log.LogAway;
import dev.accepted.store.job.JobCensus.Stranded;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What the sweep would find and mend, for whoever asks before its next turn. Blocks, for seconds; one at a time. */
@Singleton
public class StrandedJobs {

    private final Whereabouts whereabouts;
    private final Rescue rescue;

    StrandedJobs(Whereabouts whereabouts, Rescue rescue) {
        this.whereabouts = whereabouts;
        this.rescue = rescue;
    }

    /**
     * The oldest of the jobs that are in no queue, under no lease and under no timer, each seen twice.
     *
     * @param patience longest wait for the projection
     * @throws FoldBehind if the projection does not come by in that time
     */
    public synchronized List<Stranded> find(Duration patience)
            throws SQLException, ExecutionException, InterruptedException {
        return whereabouts.find(patience).stranded();
    }

    /** Rescues as many of them as can be now; gives their number. */
    public synchronized int rescue(List<Stranded> stranded) throws SQLException, LogAway {
        return rescue.rescue(stranded);
    }
}
