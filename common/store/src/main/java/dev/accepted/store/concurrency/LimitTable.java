package dev.accepted.store.concurrency;

import dev.accepted.contract.job.Limit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads the limits, and counts what runs. */
public final class LimitTable {

    private static final String ALL =
            "SELECT kind, name, most, reason, since FROM concurrency_limit ORDER BY kind, name";

    // Whether a row is new is to be seen from its having been deleted, or locked, by nobody.
    private static final String PUT = """
            INSERT INTO concurrency_limit (kind, name, most, reason) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE
                SET most = excluded.most, reason = excluded.reason, since = excluded.since
            RETURNING xmax = 0""";

    private static final String DELETE = "DELETE FROM concurrency_limit WHERE kind = ? AND name = ?";

    // By the index of live leases: those that have ended are many more. The leases that nobody holds are above all
    // times.
    static final String RUNNING = """
            SELECT tenant, queue, type, count(*) FROM lease
            WHERE ended_at IS NULL AND expires_at < 'infinity' AND held_by IS NULL
            GROUP BY tenant, queue, type""";

    private LimitTable() {}

    /** All of them, by kind and name. */
    public static List<ConcurrencyLimit> all(Connection connection) throws SQLException {
        List<ConcurrencyLimit> limits = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                limits.add(new ConcurrencyLimit(
                        new Limit(Limit.Kind.ofWord(row.getString("kind")), row.getString("name")),
                        row.getInt("most"),
                        row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant()));
            }
        }
        return limits;
    }

    /** Sets a limit, or changes it; true if there was none. */
    public static boolean put(Connection connection, Limit limit, int most, @Nullable String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, limit.kind().word());
            statement.setString(2, limit.name());
            statement.setInt(3, most);
            statement.setString(4, reason);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Takes a limit away; false if there was none. */
    public static boolean delete(Connection connection, Limit limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, limit.kind().word());
            statement.setString(2, limit.name());
            return statement.executeUpdate() > 0;
        }
    }

    /** How many attempts workers hold, by group; those that were held back are not among them. */
    public static Map<Group, Long> running(Connection connection) throws SQLException {
        Map<Group, Long> running = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(RUNNING);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                running.put(Group.read(row), row.getLong(4));
            }
        }
        return running;
    }
}
