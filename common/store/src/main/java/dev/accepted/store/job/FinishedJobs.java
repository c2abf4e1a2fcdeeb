package dev.accepted.store.job;

import dev.accepted.contract.job.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** What finished of late. */
public final class FinishedJobs {

    static final String COUNT = """
            SELECT status, count(*) FROM job WHERE finished_at > now() - ? * interval '1 millisecond' GROUP BY status""";

    private FinishedJobs() {}

    /**
     * How many jobs finished within a time, by how; costs what these are, however many others there are. Within a
     * transaction, whose further statements are planned without scans of whole tables.
     */
    public static Map<Status, Long> count(Connection connection, Duration within) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A table of which the planner knows nothing yet it would read as a whole.
            statement.execute("SET LOCAL enable_seqscan = off");
        }
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setLong(1, within.toMillis());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(Status.ofWord(rows.getString(1)).orElseThrow(), rows.getLong(2));
                }
            }
        }
        return counts;
    }
}
