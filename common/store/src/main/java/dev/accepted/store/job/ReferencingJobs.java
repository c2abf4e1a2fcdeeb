package dev.accepted.store.job;

import dev.accepted.contract.job.JobState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds jobs of one type by their reference. */
public final class ReferencingJobs {

    static final String FIND = """
        SELECT %s FROM job WHERE tenant = ? AND client_reference = ? AND type = ?
        ORDER BY id LIMIT ?\
        """.formatted(JobTable.COLUMNS);

    private ReferencingJobs() {}

    /** Those of a tenant that carry that reference, oldest first. */
    public static List<JobState> find(Connection connection, String tenant, String reference, String type, int most)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setString(2, reference);
            statement.setString(3, type);
            statement.setInt(4, most);
            List<JobState> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(JobRow.read(rows));
                }
            }
            return found;
        }
    }
}
