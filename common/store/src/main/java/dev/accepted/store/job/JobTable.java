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

    private static final String COLUMNS = """
            id, job_id, tenant, type, queue, status, attempt, version, created_at, updated_at, started_at, \
            finished_at, next_attempt_at, client_reference, dispatched, command_topic, command_partition, \
            command_offset, event_offset, applied, fenced, facts, work, checkpoint, result, error""";

    private static final String BATCH = """
            SELECT id, job_id, tenant, type, queue, status, attempt, version, created_at::timestamptz, \
            updated_at::timestamptz, started_at::timestamptz, finished_at::timestamptz, \
            next_attempt_at::timestamptz, client_reference, dispatched, command_topic, command_partition, \
            command_offset, event_offset, applied, fenced, facts::jsonb, work::jsonb, checkpoint::jsonb, \
            result::jsonb, error::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS b(%s)
            """.formatted(COLUMNS);

    private static final String LOCK = """
            SELECT %s FROM (SELECT unnest(?::uuid[]) AS wanted) w JOIN job ON job.id = w.wanted
            ORDER BY id FOR UPDATE OF job""".formatted(COLUMNS);

    private static final String INSERT =
            "INSERT INTO job (%s) %s ORDER BY id ON CONFLICT (id) DO NOTHING RETURNING id".formatted(COLUMNS, BATCH);

    private static final String UPDATE = """
            UPDATE job SET status = b.status, attempt = b.attempt, version = b.version, updated_at = b.updated_at, \
            started_at = b.started_at, finished_at = b.finished_at, next_attempt_at = b.next_attempt_at, \
            client_reference = b.client_reference, dispatched = b.dispatched, command_topic = b.command_topic, \
            command_partition = b.command_partition, command_offset = b.command_offset, \
            event_offset = b.event_offset, applied = b.applied, fenced = b.fenced, facts = b.facts, work = b.work, \
            checkpoint = b.checkpoint, result = b.result, error = b.error
            FROM (%s) b WHERE job.id = b.id""".formatted(BATCH);

    private JobTable() {}

    /** Reads and locks the rows of these jobs, in id order; those without a row are not in the answer. */
    public static Map<UUID, JobState> lock(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, JobState> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
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

    /** Inserts new rows and says which; those whose id is there already (somebody was faster) are left alone. */
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

    /** Writes rows that {@link #lock} has locked. */
    public static void update(Connection connection, List<JobState> states) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            Column.bind(statement, 1, JobRow.COLUMNS, states);
            statement.executeUpdate();
        }
    }
}
