package dev.accepted.store.dead;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads which dead records are settled, by their offset in {@code jobs.dead}, which has one partition. */
public final class SettledDeadTable {

    private static final String BETWEEN = """
            SELECT dead_offset, sent_to, reason, settled_by, settled_at FROM settled_dead_record
            WHERE dead_offset >= ? AND dead_offset < ? ORDER BY dead_offset""";

    private static final String COUNT =
            "SELECT count(*) FROM settled_dead_record WHERE dead_offset >= ? AND dead_offset < ?";

    // Whoever comes second waits for the first, and then writes nothing.
    private static final String RESERVE = """
            INSERT INTO settled_dead_record (dead_offset, outcome, reason, settled_by) VALUES (?, 'dropped', ?, ?)
            ON CONFLICT (dead_offset) DO NOTHING""";

    private static final String SENT =
            "UPDATE settled_dead_record SET outcome = 'sent', sent_to = ? WHERE dead_offset = ?";

    private SettledDeadTable() {}

    /** Those of a range of offsets. */
    public static NavigableMap<Long, Settlement> between(Connection connection, long from, long before)
            throws SQLException {
        NavigableMap<Long, Settlement> settled = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
            statement.setLong(1, from);
            statement.setLong(2, before);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    settled.put(
                            row.getLong(1),
                            new Settlement(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getObject(5, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return settled;
    }

    /** That of one record. */
    public static Optional<Settlement> of(Connection connection, long offset) throws SQLException {
        return Optional.ofNullable(between(connection, offset, offset + 1).get(offset));
    }

    /** How many of a range are settled. */
    public static long count(Connection connection, long from, long before) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setLong(1, from);
            statement.setLong(2, before);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Settles a record: drops it. Until the transaction ends nobody else settles it.
     *
     * @return false if it is settled already; nothing is changed then
     */
    public static boolean drop(Connection connection, long offset, @Nullable String reason, String by)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            statement.setLong(1, offset);
            statement.setString(2, reason);
            statement.setString(3, by);
            return statement.executeUpdate() > 0;
        }
    }

    /** Says of a record that was dropped in this transaction that it was sent again instead. */
    public static void sent(Connection connection, long offset, String to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SENT)) {
            statement.setString(1, to);
            statement.setLong(2, offset);
            statement.executeUpdate();
        }
    }
}
