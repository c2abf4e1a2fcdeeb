package dev.accepted.store.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** What the workers that are there can do at once, and what they are doing. */
public final class WorkerTable {

    private static final String POOLS = """
            SELECT queue, sum(slots), sum(running), sum(workers) FROM (
                SELECT queue, slots, 0 AS running, 1 AS workers FROM worker WHERE expires_at > now()
                UNION ALL
                SELECT queue, 0, 1, 0 FROM lease WHERE ended_at IS NULL AND expires_at > now() AND expires_at < 'infinity') u
            GROUP BY queue""";

    /** All workers of a queue together: jobs they can run at once, jobs they run now, how many they are. */
    public record Pool(int slots, int running, int workers) {

        public static final Pool NONE = new Pool(0, 0, 0);

        public int free() {
            return Math.max(0, slots - running);
        }
    }

    private WorkerTable() {}

    /** The pools by queue. */
    public static Map<String, Pool> pools(Connection connection) throws SQLException {
        Map<String, Pool> pools = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(POOLS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                pools.put(rows.getString(1), new Pool(rows.getInt(2), rows.getInt(3), rows.getInt(4)));
            }
        }
        return pools;
    }

    /** Forgets workers that went away without a word; returns their number. */
    public static int sweepGone(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM worker WHERE expires_at < now() - interval '1 minute'")) {
            return statement.executeUpdate();
        }
    }
}
