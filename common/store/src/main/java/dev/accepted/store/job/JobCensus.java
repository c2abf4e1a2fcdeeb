package dev.accepted.store.job;

import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where every unfinished job is: in a queue, under a lease, under a timer, or in none of them. */
public final class JobCensus {

    private static final String WHERE = """
            WITH unfinished AS (
                SELECT j.id, j.job_id, j.tenant, j.type, j.queue, j.status, j.attempt, j.command_topic,
                    j.command_partition, j.command_offset,
                    EXISTS (SELECT FROM lease l WHERE l.job = j.id AND l.ended_at IS NULL) AS leased,
                    EXISTS (SELECT FROM timer t WHERE t.job = j.id) AS timed,
                    coalesce(j.command_offset >= s.taken, false) AS queued
                FROM job j LEFT JOIN unnest(?, ?, ?) AS s(topic, part, taken)
                    ON s.topic = j.command_topic AND s.part = j.command_partition
                WHERE j.finished_at IS NULL AND j.id >= ?)
            """;

    private static final String COUNT = WHERE + """
            SELECT count(*), count(*) FILTER (WHERE leased), count(*) FILTER (WHERE timed AND NOT leased),
                count(*) FILTER (WHERE queued AND NOT leased AND NOT timed)
            FROM unfinished""";

    private static final String STRANDED = WHERE + """
            SELECT * FROM unfinished WHERE NOT leased AND NOT timed AND NOT queued ORDER BY id LIMIT ?""";

    private static final List<Column<Taken>> COLUMNS =
            List.of(Column.text(Taken::topic), Column.integer(Taken::partition), Column.bigint(Taken::until));

    /**
     * How far the workers have taken a partition of a queue.
     *
     * @param until the first offset that may still wait there
     */
    public record Taken(String topic, int partition, long until) {}

    /**
     * How many unfinished jobs there are, each counted in one place: what is leased is not looked for elsewhere.
     *
     * @param unfinished all of them
     */
    public record Census(long unfinished, long leased, long timed, long queued) {

        public long stranded() {
            return unfinished - leased - timed - queued;
        }
    }

    /**
     * A job that nothing will move.
     *
     * @param command where the command of its attempt lies; null if no command of it was folded
     */
    public record Stranded(
            UUID job,
            String jobId,
            String tenant,
            String type,
            String queue,
            Status status,
            int attempt,
            @Nullable Position command) {}

    private JobCensus() {}

    /** Whether nobody else sweeps; true for one transaction at a time, until it ends. */
    public static boolean isMyTurn(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtext('accepted.sweep'))");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * Counts them.
     *
     * @param oldest the lowest id that is kept
     */
    public static Census count(Connection connection, List<Taken> taken, UUID oldest) throws SQLException {
        joinAsYouLike(connection);
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            Column.bind(statement, 1, COLUMNS, taken);
            statement.setObject(4, oldest);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Census(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
            }
        }
    }

    /**
     * Those in no place, oldest first.
     *
     * @param oldest the lowest id that is kept
     */
    public static List<Stranded> stranded(Connection connection, List<Taken> taken, UUID oldest, int most)
            throws SQLException {
        joinAsYouLike(connection);
        List<Stranded> stranded = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(STRANDED)) {
            Column.bind(statement, 1, COLUMNS, taken);
            statement.setObject(4, oldest);
            statement.setInt(5, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stranded.add(read(rows));
                }
            }
        }
        return stranded;
    }

    // What is joined here is small or wanted whole; the sessions of the gateway shun hash joins for other statements.
    private static void joinAsYouLike(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL enable_hashjoin = on");
        }
    }

    private static Stranded read(ResultSet row) throws SQLException {
        String topic = row.getString("command_topic");
        return new Stranded(
                row.getObject("id", UUID.class),
                row.getString("job_id"),
                row.getString("tenant"),
                row.getString("type"),
                row.getString("queue"),
                Status.ofWord(row.getString("status")).orElseThrow(),
                row.getInt("attempt"),
                topic == null
                        ? null
                        : new Position(topic, row.getInt("command_partition"), row.getLong("command_offset")));
    }
}
