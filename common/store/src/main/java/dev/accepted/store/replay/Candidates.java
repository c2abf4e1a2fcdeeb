package dev.accepted.store.replay;

import dev.accepted.contract.job.JobState;
import dev.accepted.store.job.JobTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs that a replay would take. The counts read every row that the selection's times leave. */
public final class Candidates {

    private static final int MOST_CAUSES = 20;
    private static final int PATIENCE_SECONDS = 25;

    // Numbers in a sentence (an address, a count, a line) do not make it another cause.
    private static final String CAUSE = """
            j.type, j.error ->> 'slug', regexp_replace(left(j.error ->> 'detail', 200), '[0-9]+', '…', 'g')""";

    private static final String COUNT = "SELECT count(*), count(*) FILTER (WHERE %s < ?) FROM job j WHERE %s";

    private static final String CAUSES = """
            SELECT j.type, j.error ->> 'slug', min(left(j.error ->> 'detail', 200)), count(*), j.status
            FROM %s WHERE %s GROUP BY %s, j.status ORDER BY count(*) DESC, min(j.job_id) LIMIT %d""";

    private static final String SENT_AND_FAILED = """
            replayed r JOIN LATERAL (SELECT * FROM job
                WHERE job.id = coalesce(r.runs_as, r.job) AND job.error IS NOT NULL OFFSET 0) j ON true""";

    private static final String AGES = """
            SELECT width_bucket(extract(epoch FROM now() - j.finished_at),
                ARRAY[3600, 21600, 86400, 259200, 604800]::double precision[]) AS age, count(*)
            FROM job j WHERE %s AND j.finished_at IS NOT NULL GROUP BY age ORDER BY age""";

    private static final List<String> AGE_BOUNDS = List.of("PT1H", "PT6H", "P1D", "P3D", "P7D");

    /**
     * One reason why jobs are as they are.
     *
     * @param slug of the error; null of a job without one
     * @param detail of one of them
     */
    public record Cause(
            String type, @Nullable String slug, @Nullable String detail, String status, long count) {}

    /**
     * How many jobs a selection finds.
     *
     * @param matched all of them
     * @param left those that replays have not taken too often
     */
    public record Counts(long matched, long left) {

        public long leftOut() {
            return matched - left;
        }
    }

    private Candidates() {}

    /** How many jobs there are, and how many of them replays have not taken that often yet. */
    public static Counts count(Connection connection, Mode mode, Selection selection, Instant endedBy, int most)
            throws SQLException {
        Condition condition = of(mode, selection, endedBy);
        try (PreparedStatement statement = prepare(connection, COUNT.formatted(Condition.TAKEN, condition.sql()))) {
            statement.setInt(1, most);
            condition.bind(statement, 2);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Counts(row.getLong(1), row.getLong(2));
            }
        }
    }

    private static Condition of(Mode mode, Selection selection, Instant endedBy) {
        Condition condition = Condition.of(mode, selection);
        return mode == Mode.FAILED || mode == Mode.FORCE ? condition.endedBy(endedBy) : condition;
    }

    private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(PATIENCE_SECONDS);
        return statement;
    }

    /** Why they are as they are, the commonest first, {@value #MOST_CAUSES} at most. */
    public static List<Cause> causes(Connection connection, Mode mode, Selection selection, Instant endedBy)
            throws SQLException {
        Condition condition = of(mode, selection, endedBy);
        try (PreparedStatement statement =
                prepare(connection, CAUSES.formatted("job j", condition.sql(), CAUSE, MOST_CAUSES))) {
            condition.bind(statement, 1);
            return causes(statement);
        }
    }

    /** Why those that a replay has sent did not succeed this time either. */
    public static List<Cause> causesOfReplayed(Connection connection, UUID replay) throws SQLException {
        String failed = "r.replay = ? AND r.outcome IS NOT NULL AND r.outcome <> 'succeeded'";
        try (PreparedStatement statement =
                prepare(connection, CAUSES.formatted(SENT_AND_FAILED, failed, CAUSE, MOST_CAUSES))) {
            statement.setObject(1, replay);
            return causes(statement);
        }
    }

    private static List<Cause> causes(PreparedStatement statement) throws SQLException {
        List<Cause> causes = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                causes.add(new Cause(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(5), row.getLong(4)));
            }
        }
        return causes;
    }

    /**
     * How long ago they ended: counts by the bound below which that is, as a duration of ISO 8601; the last, without one,
     * is named by an empty text. Without the ages that none has.
     */
    public static Map<String, Long> ages(Connection connection, Mode mode, Selection selection, Instant endedBy)
            throws SQLException {
        Condition condition = of(mode, selection, endedBy);
        Map<String, Long> ages = new LinkedHashMap<>();
        try (PreparedStatement statement = prepare(connection, AGES.formatted(condition.sql()))) {
            condition.bind(statement, 1);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int bucket = row.getInt(1);
                    ages.put(bucket < AGE_BOUNDS.size() ? AGE_BOUNDS.get(bucket) : "", row.getLong(2));
                }
            }
        }
        return ages;
    }

    /** Which of these jobs a selection chooses. */
    public static Set<UUID> among(Connection connection, Mode mode, Selection selection, List<UUID> jobs)
            throws SQLException {
        Condition condition = Condition.of(mode, selection);
        try (PreparedStatement statement =
                prepare(connection, "SELECT j.id FROM job j WHERE " + condition.sql() + " AND j.id = ANY (?)")) {
            statement.setArray(condition.bind(statement, 1), connection.createArrayOf("uuid", jobs.toArray()));
            return new HashSet<>(ids(statement));
        }
    }

    private static List<UUID> ids(PreparedStatement statement) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /** The next of them in the order of ids. */
    public static List<JobState> page(
            Connection connection,
            Mode mode,
            Selection selection,
            Instant endedBy,
            int mostPerJob,
            UUID after,
            int most)
            throws SQLException {
        Condition condition =
                of(mode, selection, endedBy).takenLessThan(mostPerJob).after(after);
        // The selection finds few among many, or many: neither is known beforehand, so nothing is planned for later.
        try (Statement setting = connection.createStatement()) {
            setting.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        }
        try (PreparedStatement statement =
                prepare(connection, "SELECT j.id FROM job j WHERE " + condition.sql() + " ORDER BY j.id LIMIT ?")) {
            statement.setInt(condition.bind(statement, 1), most);
            List<UUID> ids = ids(statement);
            Map<UUID, JobState> states = JobTable.read(connection, ids);
            return ids.stream().filter(states::containsKey).map(states::get).toList();
        }
    }
}
