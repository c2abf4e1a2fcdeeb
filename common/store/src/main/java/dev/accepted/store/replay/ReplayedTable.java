package dev.accepted.store.replay;

import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes and reads the jobs that replays took. */
public final class ReplayedTable {

    /** What came of a job whose command the log has no more, and of one whose row is gone. */
    public static final String GONE = "gone";

    private static final String INSERT = """
            INSERT INTO replayed (replay, job, job_id, version, runs_as)
            SELECT ?, job, job_id, version, runs_as FROM unnest(?, ?, ?, ?) AS b(job, job_id, version, runs_as)
            ON CONFLICT (replay, job) DO NOTHING""";

    private static final String UNSENT = """
            SELECT job, job_id, version, runs_as FROM replayed
            WHERE replay = ? AND outcome IS NULL AND sent_at IS NULL ORDER BY job LIMIT ?""";

    private static final String SENT = """
            UPDATE replayed SET sent_at = coalesce(sent_at, now()) WHERE replay = ? AND job = ANY (?)""";

    private static final String ENDED = """
            UPDATE replayed SET outcome = ?, sent_at = coalesce(sent_at, now()) WHERE replay = ? AND job = ANY (?)""";

    // A job that was not sent again yet has ended too, but at the version at which it was taken.
    private static final String SETTLE = """
            UPDATE replayed r SET outcome = coalesce(found.status, 'gone')
            FROM (SELECT o.job, j.status, j.finished_at, j.version, j.id FROM (
                    SELECT job, runs_as, sent_at FROM replayed
                    WHERE replay = ? AND outcome IS NULL AND sent_at IS NOT NULL) o
                LEFT JOIN LATERAL (SELECT * FROM job
                    WHERE job.id = coalesce(o.runs_as, o.job) OFFSET 0) j ON true
                WHERE j.finished_at IS NOT NULL
                    OR j.id IS NULL AND o.sent_at < now() - interval '10 minutes') found
            WHERE r.replay = ? AND r.job = found.job
                AND (r.runs_as IS NOT NULL OR found.id IS NULL OR found.version > r.version)""";

    private static final String TALLY = """
            SELECT count(*), count(sent_at), count(*) FILTER (WHERE outcome = 'succeeded'),
                count(*) FILTER (WHERE outcome <> 'succeeded')
            FROM replayed WHERE replay = ?""";

    private static final List<Column<Taken>> COLUMNS = List.of(
            Column.uuid(Taken::job),
            Column.text(Taken::jobId),
            Column.integer(Taken::version),
            Column.uuid(Taken::runsAs));

    /**
     * A job that a replay took.
     *
     * @param version that of the job then
     * @param runsAs the key of the job that it runs as; null if as itself
     */
    public record Taken(
            UUID job, String jobId, int version, @Nullable UUID runsAs) {}

    private ReplayedTable() {}

    /** Writes down that they are taken, before anything is sent. */
    public static void insert(Connection connection, UUID replay, List<Taken> taken) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, replay);
            Column.bind(statement, 2, COLUMNS, taken);
            statement.executeUpdate();
        }
    }

    /** Those that are taken and of which nobody has written down that they are sent. */
    public static List<Taken> unsent(Connection connection, UUID replay, int most) throws SQLException {
        List<Taken> unsent = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNSENT)) {
            statement.setObject(1, replay);
            statement.setInt(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    unsent.add(new Taken(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getInt(3),
                            row.getObject(4, UUID.class)));
                }
            }
        }
        return unsent;
    }

    /** Writes down that they are sent. */
    public static void sent(Connection connection, UUID replay, List<UUID> jobs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SENT)) {
            statement.setObject(1, replay);
            statement.setArray(2, connection.createArrayOf("uuid", jobs.toArray()));
            statement.executeUpdate();
        }
    }

    /** Writes down what came of them. */
    public static void ended(Connection connection, UUID replay, List<UUID> jobs, String outcome) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
            statement.setString(1, outcome);
            statement.setObject(2, replay);
            statement.setArray(3, connection.createArrayOf("uuid", jobs.toArray()));
            statement.executeUpdate();
        }
    }

    /** Writes down what came of those that have ended since. */
    public static void settle(Connection connection, UUID replay) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            statement.setObject(1, replay);
            statement.setObject(2, replay);
            statement.executeUpdate();
        }
    }

    /** What became of all of them so far. */
    public static Tally tally(Connection connection, UUID replay) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TALLY)) {
            statement.setObject(1, replay);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Tally(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }
}
