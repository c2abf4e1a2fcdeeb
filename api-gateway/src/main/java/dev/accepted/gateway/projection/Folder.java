package dev.accepted.gateway.projection;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Occurrence;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.StopTable;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Folds one batch in one transaction. */
@Singleton
class Folder {

    private static final Logger LOG = Logger.getLogger(Folder.class);

    private final DataSource database;

    Folder(DataSource database) {
        this.database = database;
    }

    /**
     * A job before the batch and after it.
     *
     * @param reopened whether it had ended and was taken up again
     */
    record Change(@Nullable JobState before, JobState after, boolean reopened) {

        /** Whether something has happened that its callback asks for. */
        boolean hasNews() {
            List<Occurrence> now = Occurrence.of(after);
            return !now.isEmpty() && (before == null || !now.equals(Occurrence.of(before)));
        }
    }

    /**
     * Folds entries and moves the positions.
     *
     * @param next the next offset to fold of each partition that the batch touched
     * @return what changed, by job
     * @throws Unfoldable if the fold itself fails on one of them
     */
    Collection<Change> fold(List<LogEntry> entries, Map<TopicPartition, Long> next) throws SQLException {
        Map<UUID, List<LogEntry>> byJob = byJob(entries);
        while (true) {
            try {
                return Transaction.run(database, connection -> {
                    Collection<Change> changes = write(connection, byJob);
                    ProjectionPositions.save(connection, next);
                    return changes;
                });
            } catch (Collision collision) {
                // The row is there now: the next round locks it with the others, in id order, and folds upon it.
                LOG.debugf("Another gateway was first with %d jobs; the batch is folded again", collision.jobs);
            }
        }
    }

    static Map<UUID, List<LogEntry>> byJob(List<LogEntry> entries) {
        Map<UUID, List<LogEntry>> byJob = new TreeMap<>();
        for (LogEntry entry : entries) {
            byJob.computeIfAbsent(entry.job().uuid(), id -> new ArrayList<>()).add(entry);
        }
        return byJob;
    }

    /** Another gateway inserted rows of this batch since they were looked for. */
    private static final class Collision extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int jobs;

        Collision(int jobs) {
            super(null, null, false, false);
            this.jobs = jobs;
        }
    }

    /** Folds entries upon the rows that they are of, and moves no position. */
    static Collection<Change> write(Connection connection, Map<UUID, List<LogEntry>> byJob) throws SQLException {
        if (byJob.isEmpty()) {
            return List.of();
        }
        Map<UUID, JobState> rows = JobTable.lock(connection, byJob.keySet());
        Map<UUID, Change> changes = new TreeMap<>();
        List<JobState> fresh = new ArrayList<>();
        List<JobState> changed = new ArrayList<>();
        byJob.forEach((id, entries) -> {
            JobState before = rows.get(id);
            JobState after = before;
            boolean reopened = false;
            for (LogEntry entry : entries) {
                boolean wasDone = after != null && after.status().done();
                after = folded(entry, after);
                reopened |= wasDone && !after.status().done();
            }
            if (after != null && !after.equals(before)) {
                (before == null ? fresh : changed).add(after);
                changes.put(id, new Change(before, after, reopened));
            }
        });
        if (!changed.isEmpty()) {
            JobTable.update(connection, changed);
        }
        int inserted = fresh.isEmpty() ? 0 : JobTable.insert(connection, fresh).size();
        if (inserted < fresh.size()) {
            throw new Collision(fresh.size() - inserted);
        }
        settle(connection, changes.values());
        return changes.values();
    }

    private static JobState folded(LogEntry entry, @Nullable JobState before) {
        try {
            return entry.into(before);
        } catch (RuntimeException e) {
            throw new Unfoldable(e);
        }
    }

    /** Makes timers, leases and what clients are to be told follow the states, in id order. */
    private static void settle(Connection connection, Collection<Change> changes) throws SQLException {
        List<JobState> waits = new ArrayList<>();
        List<Held> over = new ArrayList<>();
        for (Change change : changes) {
            JobState after = change.after();
            boolean waited = change.before() != null && change.before().timer().isPresent();
            if (waited || after.timer().isPresent()) {
                waits.add(after);
            }
            int ended =
                    after.status().done() ? Integer.MAX_VALUE : after.phase().attempt() - 1;
            int endedBefore =
                    change.before() == null ? 0 : change.before().phase().attempt() - 1;
            if (ended > endedBefore) {
                over.add(new Held(after.id().uuid(), ended));
            }
        }
        if (!over.isEmpty()) {
            LeaseTable.end(connection, over);
        }
        for (Change change : changes) {
            if (change.reopened()) {
                StopTable.reopen(connection, change.after());
            }
        }
        if (!waits.isEmpty()) {
            TimerTable.settle(connection, waits);
        }
        WebhookTable.note(
                connection,
                changes.stream().filter(Change::hasNews).map(Change::after).toList());
    }
}
