package dev.accepted.store.job;

import dev.accepted.contract.job.JobState;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Reads and writes batches of folded jobs. */
public final class JobTable {

    static final String COLUMNS = """
            id, job_id, tenant, type, queue, status, attempt, version, created_at, updated_at, started_at, \
            finished_at, next_attempt_at, client_reference, dispatched, command_topic, command_partition, \
            command_offset, event_offset, applied, fenced, facts, work, checkpoint, result, error, deadline""";

    private static final String BATCH = """
            SELECT id, job_id, tenant, type, queue, status, attempt, version, created_at::timestamptz, \
            updated_at::timestamptz, started_at::timestamptz, finished_at::timestamptz, \
            next_attempt_at::timestamptz, client_reference, dispatched, command_topic, command_partition, \
            command_offset, event_offset, applied, fenced, facts::jsonb, work::jsonb, checkpoint::jsonb, \
            result::jsonb, error::jsonb, deadline::timestamptz
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS b(%s)
            """.formatted(COLUMNS);

    // Each row is looked for by itself (LATERAL), in id order, so that no plan can join the batch to the whole table:
    // on a table that is new to the planner it would, and a session keeps such a plan for hours.
    static final String LOCK = """
            SELECT %s FROM (SELECT unnest(?::uuid[]) AS wanted ORDER BY wanted) w
            CROSS JOIN LATERAL (SELECT * FROM job WHERE job.id = w.wanted FOR UPDATE) j""".formatted(COLUMNS);

    private static final String READ = """
            SELECT %s FROM (SELECT unnest(?::uuid[]) AS wanted) w
            CROSS JOIN LATERAL (SELECT * FROM job WHERE job.id = w.wanted OFFSET 0) j""".formatted(COLUMNS);

    static final String INSERT =
            "INSERT INTO job (%s) %s ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id".formatted(COLUMNS, BATCH);

    // An UPDATE would have to join; a conflict is found in the primary key, whatever the planner thinks.
    static final String UPDATE = """
            INSERT INTO job (%s) %s ORDER BY id ON CONFLICT (id) DO UPDATE SET \
            status = excluded.status, attempt = excluded.attempt, version = excluded.version, \
            updated_at = excluded.updated_at, started_at = excluded.started_at, finished_at = excluded.finished_at, \
            next_attempt_at = excluded.next_attempt_at, client_reference = excluded.client_reference, \
            dispatched = excluded.dispatched, command_topic = excluded.command_topic, \
            command_partition = excluded.command_partition, command_offset = excluded.command_offset, \
            event_offset = excluded.event_offset, applied = excluded.applied, fenced = excluded.fenced, \
            facts = excluded.facts, work = excluded.work, checkpoint = excluded.checkpoint, \
            result = excluded.result, error = excluded.error, deadline = excluded.deadline""".formatted(COLUMNS, BATCH);

    private static final String WHOLE = """
            SELECT j.id, to_jsonb(j)::text FROM (SELECT unnest(?::uuid[]) AS wanted) w
            CROSS JOIN LATERAL (SELECT * FROM job WHERE job.id = w.wanted OFFSET 0) j""";

    private static final String DELETE =
            "DELETE FROM job USING (SELECT unnest(?::uuid[]) AS dropped) d WHERE job.id = d.dropped";

    private JobTable() {}

    /** Reads and locks the rows of these jobs, in id order; those without a row are not in the answer. */
    public static Map<UUID, JobState> lock(Connection connection, Collection<UUID> ids) throws SQLException {
        return states(connection, LOCK, ids);
    }

    /** Reads the rows of these jobs; those without a row are not in the answer. */
    public static Map<UUID, JobState> read(Connection connection, Collection<UUID> ids) throws SQLException {
        return states(connection, READ, ids);
    }

    private static Map<UUID, JobState> states(Connection connection, String sql, Collection<UUID> ids)
            throws SQLException {
        Map<UUID, JobState> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    JobState state = JobRow.read(rows);
                    found.put(state.id().uuid(), state);
                }
            }
        }
        return found;
    }

    /**
     * Inserts new rows and says which; those whose id is there already (somebody was faster) are left alone.
     *
     * <p>Their rows are to be folded again: roll back, lock all ids of the batch and fold. To lock them in the same
     * transaction would be out of id order, after what it has locked and inserted, and can end in a deadlock.
     *
     * @param states of distinct jobs
     */
    public static Set<UUID> insert(Connection connection, List<JobState> states) throws SQLException {
        Set<UUID> inserted = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Column.bind(statement, 1, JobRow.COLUMNS, states);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    inserted.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return inserted;
    }

    /**
     * Writes rows that {@link #lock} has locked.
     *
     * @param states of distinct jobs
     */
    public static void update(Connection connection, List<JobState> states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Column.bind(statement, 1, JobRow.COLUMNS, states);
            statement.executeUpdate();
        }
    }

    /** Reads the rows of these jobs as they are, with the columns that follow from others, each as the text of an object. */
    public static Map<UUID, String> wholeRows(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, String> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(WHOLE)) {
            Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), rows.getString(2));
                }
            }
        }
        return found;
    }

    /** Deletes rows that {@link #lock} has locked: of jobs that the log knows nothing of. */
    public static void delete(Connection connection, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(ids));
            statement.executeUpdate();
        }
    }
}
