package dev.accepted.store.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads which queues are paused. Workers read it with each renewal of their leases, once a second. */
public final class PauseTable {

    private static final String ALL = "SELECT queue, paused_at, reason, paused_by FROM paused_queue ORDER BY queue";

    // Whoever says it again changes the reason, and not since when it is so.
    private static final String PUT = """
            INSERT INTO paused_queue (queue, reason, paused_by) VALUES (?, ?, ?)
            ON CONFLICT (queue) DO UPDATE SET reason = excluded.reason, paused_by = excluded.paused_by""";

    private static final String DELETE = "DELETE FROM paused_queue WHERE queue = ?";

    private PauseTable() {}

    /** All that are paused, by name. */
    public static List<Pause> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            List<Pause> pauses = new ArrayList<>();
            while (row.next()) {
                pauses.add(new Pause(
                        row.getString("queue"),
                        row.getObject("paused_at", OffsetDateTime.class).toInstant(),
                        row.getString("reason"),
                        row.getString("paused_by")));
            }
            return pauses;
        }
    }

    /** Pauses a queue; one that is paused stays so since then, for the reason given last. */
    public static void put(Connection connection, String queue, @Nullable String reason, String by)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, queue);
            statement.setString(2, reason);
            statement.setString(3, by);
            statement.executeUpdate();
        }
    }

    /** Lets a queue go on; false if it was not paused. */
    public static boolean delete(Connection connection, String queue) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, queue);
            return statement.executeUpdate() > 0;
        }
    }
}
