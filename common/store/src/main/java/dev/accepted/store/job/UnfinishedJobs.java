package dev.accepted.store.job;

import dev.accepted.contract.job.JobState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Finds and counts jobs that have not ended. All times are PostgreSQL's. */
public final class UnfinishedJobs {

    // Those that a worker holds, or that were stopped already, would stand in front of the others for ever.
    static final String OVERDUE = """
            SELECT %s FROM job WHERE deadline < now() AND (
                SELECT lease.job FROM lease WHERE lease.job = job.id AND lease.ended_at IS NULL) IS NULL
            ORDER BY deadline LIMIT ? FOR UPDATE OF job SKIP LOCKED""".formatted(JobTable.COLUMNS);

    static final String BETWEEN = """
            SELECT %s FROM job WHERE id > ? AND id < ? AND finished_at IS NULL
            ORDER BY id LIMIT ?""".formatted(JobTable.COLUMNS);

    static final String OF_TENANT =
            "SELECT count(*) FROM (SELECT FROM job WHERE tenant = ? AND finished_at IS NULL LIMIT ?) AS unfinished";

    private UnfinishedJobs() {}

    /** How many a tenant has, counted up to a bound. */
    public static long count(Connection connection, String tenant, long atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_TENANT)) {
            statement.setString(1, tenant);
            statement.setLong(2, atMost);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Locks jobs that are past their deadline and that no worker holds, until the transaction ends; those that somebody
     * else locked are left out.
     */
    public static List<JobState> lockOverdue(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OVERDUE)) {
            statement.setInt(1, most);
            return read(statement);
        }
    }

    /** Reads jobs by their ids, in the ids' order; both bounds are exclusive. */
    public static List<JobState> between(Connection connection, UUID after, UUID before, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BETWEEN)) {
            statement.setObject(1, after);
            statement.setObject(2, before);
            statement.setInt(3, most);
            return read(statement);
        }
    }

    private static List<JobState> read(PreparedStatement statement) throws SQLException {
        List<JobState> states = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                states.add(JobRow.read(rows));
            }
        }
        return states;
    }
}
