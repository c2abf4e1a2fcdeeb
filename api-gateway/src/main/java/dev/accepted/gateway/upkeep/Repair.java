package dev.accepted.gateway.upkeep;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.projection.FoldLag;
import dev.accepted.gateway.projection.LogEntry;
import dev.accepted.gateway.projection.Refold;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.replay.Selection.Span;
import dev.accepted.store.shadow.Carried.Traces;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.upkeep.Upkeep.Status;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows of chosen jobs what the log says, one transaction for all of them: for when a verification has named them
 * and a rebuild is too much. The whole log is read for it, so they are best given together. Blocking; safe for use by many
 * threads.
 *
 * <p>As with a rebuild a row is never further in the log than the projection is, and nobody is told anything.
 */
@Singleton
public class Repair {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration WHILE_OTHERS_WAIT = Duration.ofSeconds(5);

    private final DataSource database;
    private final Map<String, Object> kafka;
    private final Refold refold;
    private final EventPartitions events;

    Repair(
            DataSource database,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Refold refold,
            EventPartitions events) {
        this.database = database;
        this.kafka = kafka;
        this.refold = refold;
        this.events = events;
    }

    /** Whether anything is to be changed. */
    public enum Purpose {
        /** Only to know which differ. */
        LOOK,
        /** To write what the log says. */
        MEND
    }

    /**
     * A job whose row is not what the log says, or was not.
     *
     * @param before the row; null if there is none
     * @param after what the log makes; null if it knows nothing of the job
     */
    public record Repaired(
            UUID job, @Nullable JobState before, @Nullable JobState after) {}

    /**
     * The jobs of which a record lies there.
     *
     * @param most after so many it is not looked further
     * @throws Halted if Kafka cannot be asked or is too slow
     */
    public Set<UUID> jobsIn(String topic, List<Span> spans, int most) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        Map<Integer, Span> byPartition = new HashMap<>();
        for (Span span : spans) {
            ends.put(new TopicPartition(topic, span.partition()), span.before());
            byPartition.put(span.partition(), span);
        }
        Set<UUID> found = new HashSet<>();
        try (WholeLog log = new WholeLog(kafka)) {
            log.readTo(ends);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (log.left() > 0 && found.size() < most) {
                requireBefore(deadline, PATIENCE);
                log.take(record -> {
                    Span span = byPartition.get(record.partition());
                    if (span != null && record.offset() >= span.from()) {
                        refold.read(record)
                                .ifPresent(entry -> found.add(entry.job().uuid()));
                    }
                });
            }
        }
        return found;
    }

    private static void requireBefore(long deadline, Duration patience) {
        if (System.nanoTime() > deadline) {
            throw new Halted(Status.FAILED, "The log could not be read within " + patience + ". Nothing was changed.");
        }
    }

    /**
     * Folds these jobs again; of some thousands at most, for their records are kept in memory.
     *
     * @return those that differ; not among them are those of which the log has lost records, which stay as they are
     * @throws Halted if Kafka cannot be asked or is too slow; nothing was changed then
     */
    public List<Repaired> repair(Set<UUID> jobs, Purpose purpose) throws SQLException {
        try (Connection session = database.getConnection();
                WholeLog log = new WholeLog(kafka)) {
            Reach reach = log.reach();
            Map<UUID, JobState> folded = new HashMap<>();
            // Nearly all of it before anybody has to wait.
            read(log, session, jobs, folded, PATIENCE);
            session.setAutoCommit(false);
            try {
                Map<UUID, JobState> rows = JobTable.lock(session, jobs);
                read(log, session, jobs, folded, WHILE_OTHERS_WAIT);
                List<Repaired> repaired = write(session, covered(rows, jobs, reach), rows, folded);
                if (purpose == Purpose.MEND) {
                    session.commit();
                }
                return repaired;
            } finally {
                session.rollback();
                session.setAutoCommit(true);
            }
        }
    }

    /** To where the projection is. */
    private void read(WholeLog log, Connection session, Set<UUID> jobs, Map<UUID, JobState> folded, Duration patience)
            throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        log.readTo(FoldLag.positions(session));
        while (log.left() > 0) {
            requireBefore(deadline, patience);
            log.take(record -> refold.read(record)
                    .filter(entry -> jobs.contains(entry.job().uuid()))
                    .ifPresent(entry -> fold(entry, folded)));
        }
    }

    private static void fold(LogEntry entry, Map<UUID, JobState> folded) {
        folded.put(entry.job().uuid(), entry.into(folded.get(entry.job().uuid())));
    }

    private Set<UUID> covered(Map<UUID, JobState> rows, Set<UUID> jobs, Reach reach) {
        Set<UUID> covered = new HashSet<>(jobs);
        rows.forEach((id, row) -> {
            if (!reach.covers(new Traces(row.id(), row.command(), row.eventOffset()), events)) {
                covered.remove(id);
            }
        });
        return covered;
    }

    private static List<Repaired> write(
            Connection session, Set<UUID> jobs, Map<UUID, JobState> rows, Map<UUID, JobState> folded)
            throws SQLException {
        List<JobState> right = folded.values().stream()
                .filter(state -> jobs.contains(state.id().uuid()))
                .toList();
        Collection<UUID> surplus =
                jobs.stream().filter(id -> !folded.containsKey(id)).toList();
        Map<UUID, String> were = JobTable.wholeRows(session, jobs);
        JobTable.delete(session, jobs);
        JobTable.insert(session, right);
        // Of a row the state alone does not show all: some columns follow from it, and may have been changed too.
        Map<UUID, String> are = JobTable.wholeRows(session, jobs);
        Map<UUID, JobState> written = JobTable.read(session, jobs);
        List<Repaired> repaired = new ArrayList<>();
        List<JobState> timed = new ArrayList<>();
        for (UUID id : jobs) {
            JobState after = written.get(id);
            if (!Objects.equals(were.get(id), are.get(id))) {
                repaired.add(new Repaired(id, rows.get(id), after));
                if (after != null) {
                    timed.add(after);
                }
            }
        }
        TimerTable.settle(session, timed);
        TimerTable.drop(session, List.copyOf(surplus));
        return repaired;
    }
}
