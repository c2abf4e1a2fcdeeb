package dev.accepted.gateway.watching;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Topics;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the table for all watched jobs at once: for the rows of those that are not covered, and whether it has what
 * the log said of the others. One thread, which rests while there is nothing to look for.
 */
@Singleton
class TableWatch {

    private static final Logger LOG = Logger.getLogger(TableWatch.class);
    private static final int MOST_ROWS = 500;
    private static final long PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final DataSource database;
    private final Set<Watched> uncovered = ConcurrentHashMap.newKeySet();
    private final Set<Watched> holding = ConcurrentHashMap.newKeySet();
    private @Nullable Thread thread;
    private boolean fresh;
    private boolean stopped;
    private boolean complained;

    TableWatch(DataSource database) {
        this.database = database;
    }

    /** Reads a job's row until that covers it. */
    void cover(Watched job) {
        uncovered.add(job);
        wake();
    }

    /** Looks until the table has what a job holds. */
    void awaitRow(Watched job) {
        // Nearly always it is there already: the events of a job that runs come faster than they are folded.
        if (holding.add(job)) {
            wake();
        }
    }

    private synchronized void wake() {
        fresh = true;
        if (thread == null && !stopped) {
            thread = new Thread(this::run, "table-watch");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    private void run() {
        try {
            long pause = PAUSE_MILLIS;
            while (awaitWork(pause)) {
                int before = uncovered.size();
                look();
                boolean inVain = holding.isEmpty() && uncovered.size() >= before;
                pause = inVain ? Math.min(2 * pause, LONGEST_PAUSE_MILLIS) : PAUSE_MILLIS;
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped");
        }
    }

    /**
     * Waits for work, less than the pause if it is new, but for a moment in any case: what has just been said in the log
     * is not in the table yet.
     */
    private synchronized boolean awaitWork(long pause) throws InterruptedException {
        while (uncovered.isEmpty() && holding.isEmpty() && !stopped) {
            wait();
        }
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
        for (long left = pause; left > 0 && !fresh && !stopped; left = millisUntil(until)) {
            wait(left);
        }
        fresh = false;
        long moment = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        for (long left = PAUSE_MILLIS; left > 0 && !stopped; left = millisUntil(moment)) {
            wait(left);
        }
        return !stopped;
    }

    private static long millisUntil(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime());
    }

    private void look() {
        try {
            lookOnce();
        } catch (RuntimeException e) {
            LOG.error("Watched jobs could not be looked for; tried again", e);
        }
    }

    private void lookOnce() {
        try (Connection connection = database.getConnection()) {
            // First how far the table is, then the rows: they have all of it, and maybe more.
            Map<TopicPartition, Long> folded = ProjectionPositions.read(connection);
            release(folded);
            uncovered.removeIf(job -> !job.isFollowed());
            List<Watched> wanted = uncovered.stream().limit(MOST_ROWS).toList();
            if (!wanted.isEmpty()) {
                cover(
                        wanted,
                        JobTable.read(
                                connection,
                                wanted.stream().map(job -> job.id().uuid()).toList()),
                        folded);
            }
            complained = false;
        } catch (SQLException e) {
            if (!complained) {
                LOG.warnf("The table cannot be read; followers are told nothing until it can: %s", e.getMessage());
            }
            complained = true;
        }
    }

    private void release(Map<TopicPartition, Long> folded) {
        for (Watched job : List.copyOf(holding)) {
            // Out first: what it hears meanwhile puts it in again.
            holding.remove(job);
            if (!job.release(next(job, folded))) {
                holding.add(job);
            }
        }
    }

    private void cover(List<Watched> wanted, Map<UUID, JobState> rows, Map<TopicPartition, Long> folded) {
        for (Watched job : wanted) {
            JobState row = rows.get(job.id().uuid());
            if (row != null && job.cover(row, next(job, folded))) {
                uncovered.remove(job);
                if (job.holdsNews()) {
                    holding.add(job);
                }
            }
        }
    }

    private static long next(Watched job, Map<TopicPartition, Long> folded) {
        return folded.getOrDefault(new TopicPartition(Topics.EVENTS, job.partition()), 0L);
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
