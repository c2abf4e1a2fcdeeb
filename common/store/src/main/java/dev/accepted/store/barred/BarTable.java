package dev.accepted.store.barred;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes and reads who is barred. */
public final class BarTable {

    private static final String ALL = "SELECT kind, name, reason, since FROM barred ORDER BY kind, name";

    private static final String PUT = """
            INSERT INTO barred (kind, name, reason) VALUES (?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE SET reason = excluded.reason, since = excluded.since""";

    private static final String DELETE = "DELETE FROM barred WHERE kind = ? AND name = ?";

    private BarTable() {}

    /** Everyone who is barred, by kind and name. */
    public static List<Bar> all(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            List<Bar> bars = new ArrayList<>();
            while (row.next()) {
                bars.add(new Bar(
                        Bar.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("name"),
                        row.getString("reason"),
                        row.getObject("since", OffsetDateTime.class).toInstant()));
            }
            return bars;
        }
    }

    /** Bars somebody as of now; once more moves the time. */
    public static void put(Connection connection, Bar.Kind kind, String name, @Nullable String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, kind.word());
            statement.setString(2, name);
            statement.setString(3, reason);
            statement.executeUpdate();
        }
    }

    /** Lets somebody in again; false if nobody of that name was barred. */
    public static boolean delete(Connection connection, Bar.Kind kind, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, kind.word());
            statement.setString(2, name);
            return statement.executeUpdate() > 0;
        }
    }
}
