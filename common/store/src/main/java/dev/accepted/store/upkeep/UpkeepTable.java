package dev.accepted.store.upkeep;

import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Progress;
import dev.accepted.store.upkeep.Upkeep.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes what verifies and rebuilds. All times are PostgreSQL's. */
public final class UpkeepTable {

    private static final String COLUMNS = "id, kind, status, stage, records_read, records_total, rate, result, actor,"
            + " reason, gateway, created_at, heartbeat_at, finished_at, aborted_by";

    private static final String BEGIN = """
            INSERT INTO upkeep (id, kind, status, stage, actor, reason, gateway)
            VALUES (?, ?, 'running', ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private static final String CLOSE_SILENT = """
            UPDATE upkeep SET status = 'failed', finished_at = clock_timestamp(), result = jsonb_build_object('failure',
                'The gateway that did it (' || gateway || ') is not heard of any more. Nothing was changed; it can be'
                || ' started again.')
            WHERE status = 'running' AND heartbeat_at < clock_timestamp() - ? * interval '1 millisecond'""";

    private static final String BEAT = """
            UPDATE upkeep SET heartbeat_at = clock_timestamp(), stage = ?, records_read = ?, records_total = ?, rate = ?
            WHERE id = ? AND status = 'running' RETURNING aborted_by""";

    private static final String HOLD = "SELECT FROM upkeep WHERE id = ? AND status = 'running' FOR UPDATE";

    private static final String FINISH = """
            UPDATE upkeep SET status = ?, result = ?::jsonb, finished_at = clock_timestamp(),
                heartbeat_at = clock_timestamp() WHERE id = ? AND status = 'running'""";

    private static final String ABORT =
            "UPDATE upkeep SET aborted_by = coalesce(aborted_by, ?) WHERE id = ? AND kind = ? AND status = 'running'";

    private static final String ONE = "SELECT %s FROM upkeep WHERE id = ? AND kind = ?".formatted(COLUMNS);

    private static final String RUNNING = "SELECT %s FROM upkeep WHERE status = 'running'".formatted(COLUMNS);

    private static final String LAST =
            "SELECT %s FROM upkeep WHERE kind = ? ORDER BY created_at DESC LIMIT ?".formatted(COLUMNS);

    private static final String FORGET = """
            DELETE FROM upkeep WHERE status <> 'running' AND id NOT IN (
                SELECT id FROM upkeep ORDER BY created_at DESC LIMIT ?)""";

    private UpkeepTable() {}

    /**
     * Begins one, unless one is running anywhere.
     *
     * @param stage what it is at first
     * @param gateway who does it
     * @return false if one is running; nothing is written then
     */
    public static boolean begin(
            Connection connection,
            UUID id,
            Kind kind,
            String stage,
            String actor,
            @Nullable String reason,
            String gateway)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            statement.setObject(1, id);
            statement.setString(2, kind.word());
            statement.setString(3, stage);
            statement.setString(4, actor);
            statement.setString(5, reason);
            statement.setString(6, gateway);
            return statement.executeUpdate() > 0;
        }
    }

    /** Lets what was not heard of for so long have failed. */
    public static void closeSilent(Connection connection, Duration silence) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLOSE_SILENT)) {
            statement.setLong(1, silence.toMillis());
            statement.executeUpdate();
        }
    }

    /**
     * What a heartbeat learns.
     *
     * @param running whether it may go on; else it counts as failed already
     * @param abortedBy the operator who wants it to end
     */
    public record Heard(boolean running, @Nullable String abortedBy) {}

    /** Says that it is being done, and how far it is. */
    public static Heard beat(Connection connection, UUID id, String stage, Progress progress) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
            statement.setString(1, stage);
            statement.setLong(2, progress.read());
            statement.setLong(3, progress.total());
            statement.setDouble(4, progress.rate());
            statement.setObject(5, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Heard(true, row.getString(1)) : new Heard(false, null);
            }
        }
    }

    /** Whether it still runs; if so, nobody can end it before the transaction ends. */
    public static boolean hold(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /**
     * Ends one.
     *
     * @param result JSON
     * @return false if it had ended already; nothing is changed then
     */
    public static boolean finish(Connection connection, UUID id, Status as, String result) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
            statement.setString(1, as.word());
            statement.setString(2, result);
            statement.setObject(3, id);
            return statement.executeUpdate() > 0;
        }
    }

    /** Asks for its end; false if it has ended, or there is none. */
    public static boolean abort(Connection connection, UUID id, Kind kind, String by) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ABORT)) {
            statement.setString(1, by);
            statement.setObject(2, id);
            statement.setString(3, kind.word());
            return statement.executeUpdate() > 0;
        }
    }

    /** One of them. */
    public static Optional<Upkeep> find(Connection connection, UUID id, Kind kind) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setObject(1, id);
            statement.setString(2, kind.word());
            return read(statement).stream().findFirst();
        }
    }

    /** The one that is running, of whatever kind. */
    public static Optional<Upkeep> running(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
            return read(statement).stream().findFirst();
        }
    }

    /** The last of a kind, newest first. */
    public static List<Upkeep> last(Connection connection, Kind kind, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST)) {
            statement.setString(1, kind.word());
            statement.setInt(2, most);
            return read(statement);
        }
    }

    /** Forgets all but the newest. */
    public static void forget(Connection connection, int kept) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setInt(1, kept);
            statement.executeUpdate();
        }
    }

    private static List<Upkeep> read(PreparedStatement query) throws SQLException {
        List<Upkeep> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
                found.add(new Upkeep(
                        row.getObject("id", UUID.class),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getString("stage"),
                        new Progress(row.getLong("records_read"), row.getLong("records_total"), row.getDouble("rate")),
                        row.getString("result"),
                        row.getString("actor"),
                        row.getString("reason"),
                        row.getString("gateway"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getObject("heartbeat_at", OffsetDateTime.class).toInstant(),
                        finished == null ? null : finished.toInstant(),
                        row.getString("aborted_by")));
            }
        }
        return found;
    }
}
