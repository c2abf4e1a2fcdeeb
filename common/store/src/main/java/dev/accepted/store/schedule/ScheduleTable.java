package dev.accepted.store.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.schedule.Schedule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds and fires schedules. Times of firing are the caller's. */
public final class ScheduleTable {

    // Any number will do that nothing else in the database locks.
    private static final String LOCK_VIEW = "SELECT pg_advisory_xact_lock(4611686018427387905)";

    private static final String PUT = """
            INSERT INTO schedule (tenant, name, version, cron, zone, type, input, input_digest, input_size,
                client_reference, tags, updated_at, next_fire_at, last_error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (tenant, name) DO UPDATE SET version = excluded.version, cron = excluded.cron,
                zone = excluded.zone, type = excluded.type, input = excluded.input,
                input_digest = excluded.input_digest, input_size = excluded.input_size,
                client_reference = excluded.client_reference, tags = excluded.tags,
                updated_at = excluded.updated_at, next_fire_at = excluded.next_fire_at, retry_at = NULL,
                last_error = excluded.last_error""";

    private static final String FIND = "SELECT * FROM schedule WHERE tenant = ? AND name = ?";

    private static final String LIST = """
            SELECT tenant, name, version, cron, zone, type, NULL AS input, '' AS input_digest, 0 AS input_size,
                client_reference, tags, updated_at, next_fire_at, last_fired_at, last_job_id, last_error
            FROM schedule WHERE tenant = ? ORDER BY name""";

    private static final String DUE = """
            SELECT * FROM schedule WHERE next_fire_at <= ? AND (retry_at IS NULL OR retry_at <= ?)
            ORDER BY next_fire_at LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String FIRED = """
            UPDATE schedule SET next_fire_at = ?, retry_at = NULL, last_fired_at = ?, last_job_id = ?,
                last_error = NULL
            WHERE tenant = ? AND name = ?""";

    private static final String SKIPPED = """
            UPDATE schedule SET next_fire_at = ?, retry_at = NULL, last_error = ? WHERE tenant = ? AND name = ?""";

    private static final String MOVED = "UPDATE schedule SET next_fire_at = ? WHERE tenant = ? AND name = ?";

    private static final String PUT_OFF = "UPDATE schedule SET retry_at = ? WHERE tenant = ? AND name = ?";

    private ScheduleTable() {}

    /** Waits until no other gateway folds {@code jobs.schedules}, and keeps them from it until the transaction ends. */
    public static void lockView(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_VIEW)) {
            statement.execute();
        }
    }

    /**
     * Makes a schedule what its latest record says. What is known of its last firing stays.
     *
     * @param error why it can not fire as it is
     */
    public static void put(
            Connection connection,
            Schedule schedule,
            long version,
            Instant updatedAt,
            @Nullable Instant nextFireAt,
            @Nullable String error)
            throws SQLException {
        DataRef ref = schedule.dataRef();
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, schedule.tenant());
            statement.setString(2, schedule.name());
            statement.setLong(3, version);
            statement.setString(4, schedule.cron());
            statement.setString(5, schedule.zone());
            statement.setString(6, schedule.type());
            statement.setString(7, schedule.input());
            statement.setString(8, ref == null ? null : ref.digest());
            statement.setObject(9, ref == null ? null : ref.sizeBytes(), Types.BIGINT);
            statement.setString(10, schedule.clientReference());
            statement.setString(11, json(schedule.tags()));
            statement.setObject(12, sql(updatedAt));
            statement.setObject(13, sql(nextFireAt), Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setString(14, error);
            statement.executeUpdate();
        }
    }

    /** Ends a schedule. */
    public static void remove(Connection connection, Schedule.Key key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM schedule WHERE tenant = ? AND name = ?")) {
            bind(statement, 1, key);
            statement.executeUpdate();
        }
    }

    public static Optional<ScheduleRow> find(Connection connection, Schedule.Key key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            bind(statement, 1, key);
            return read(statement).stream().findFirst();
        }
    }

    /** All schedules of a tenant by name, without their inputs. */
    public static List<ScheduleRow> ofTenant(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST)) {
            statement.setString(1, tenant);
            return read(statement);
        }
    }

    /** How many schedules a tenant has. */
    public static int count(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM schedule WHERE tenant = ?")) {
            statement.setString(1, tenant);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Locks schedules that are due, until the transaction ends; those that somebody else locked are left out. */
    public static List<ScheduleRow> lockDue(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setObject(1, sql(now));
            statement.setObject(2, sql(now));
            statement.setInt(3, most);
            return read(statement);
        }
    }

    /** Notes that a schedule has sent a job. */
    public static void fired(
            Connection connection, Schedule.Key key, Instant firedAt, String jobId, @Nullable Instant nextFireAt)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRED)) {
            statement.setObject(1, sql(nextFireAt), Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setObject(2, sql(firedAt));
            statement.setString(3, jobId);
            bind(statement, 4, key);
            statement.executeUpdate();
        }
    }

    /** Notes that a schedule has sent no job, and why. */
    public static void skipped(Connection connection, Schedule.Key key, String why, @Nullable Instant nextFireAt)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SKIPPED)) {
            statement.setObject(1, sql(nextFireAt), Types.TIMESTAMP_WITH_TIMEZONE);
            statement.setString(2, why);
            bind(statement, 3, key);
            statement.executeUpdate();
        }
    }

    /** Moves the next firing. */
    public static void move(Connection connection, Schedule.Key key, Instant nextFireAt) throws SQLException {
        set(connection, MOVED, key, nextFireAt);
    }

    /** Keeps a schedule that is due from being taken before that time. */
    public static void putOff(Connection connection, Schedule.Key key, Instant until) throws SQLException {
        set(connection, PUT_OFF, key, until);
    }

    private static void set(Connection connection, String sql, Schedule.Key key, Instant time) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, sql(time));
            bind(statement, 2, key);
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int first, Schedule.Key key) throws SQLException {
        statement.setString(first, key.tenant());
        statement.setString(first + 1, key.name());
    }

    private static List<ScheduleRow> read(PreparedStatement query) throws SQLException {
        List<ScheduleRow> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(ScheduleRow.read(rows));
            }
        }
        return found;
    }

    private static @Nullable OffsetDateTime sql(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static String json(Object value) {
        try {
            return Wire.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Tags that cannot be written", e);
        }
    }
}
