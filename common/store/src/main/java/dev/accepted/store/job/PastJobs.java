package dev.accepted.store.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Forgets what hangs on jobs that are gone, a bounded number of rows at a time. */
public final class PastJobs {

    private static final List<String> DELETIONS = List.of(
            deletion("timer", "job"), deletion("lease", "job"), deletion("batch", "id"), deletion("job_default", "id"));

    private PastJobs() {}

    // What somebody holds at this moment is met the next time. An array is computed once, see LeaseTable.
    private static String deletion(String table, String id) {
        return "DELETE FROM %1$s WHERE %2$s = ANY (ARRAY(SELECT %2$s FROM %1$s WHERE %2$s < ? ORDER BY %2$s LIMIT ?"
                        .formatted(table, id)
                + " FOR UPDATE SKIP LOCKED))";
    }

    /** Whether nobody else does this; true for one transaction at a time, until it ends. */
    public static boolean isMyTurn(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT pg_try_advisory_xact_lock(hashtext('accepted.retention'))");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Deletes timers, leases, batches and jobs of the DEFAULT partition whose ids are lower.
     *
     * @param most of each
     * @return how many were deleted; with {@code most} or more there are perhaps others
     */
    public static int forget(Connection connection, UUID below, int most) throws SQLException {
        int deleted = 0;
        for (String deletion : DELETIONS) {
            try (PreparedStatement statement = connection.prepareStatement(deletion)) {
                statement.setObject(1, below);
                statement.setInt(2, most);
                deleted += statement.executeUpdate();
            }
        }
        return deleted;
    }
}
