package dev.accepted.store.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the workers that are there can do at once, what they are doing, and which of them are drained. */
public final class WorkerTable {

    private static final String RUNNING = "ended_at IS NULL AND expires_at > now() AND expires_at < 'infinity'";

    // Who is drained can do what it does, and nothing more.
    private static final String POOLS = """
            SELECT queue, sum(slots), sum(running), sum(workers) FROM (
                SELECT queue, CASE WHEN draining_since IS NULL THEN slots ELSE 0 END AS slots, 0 AS running, 1 AS workers
                FROM worker WHERE expires_at > now()
                UNION ALL
                SELECT queue, CASE WHEN holder = ANY (ARRAY(SELECT holder FROM worker WHERE draining_since IS NOT NULL))
                    THEN 1 ELSE 0 END, 1, 0 FROM lease WHERE %s) u
            GROUP BY queue""".formatted(RUNNING);

    private static final String ALL = """
            SELECT w.holder, w.name, w.queue, w.slots, coalesce(l.running, 0), w.draining_since, w.drain_reason,
                w.drained_by, w.expires_at
            FROM worker w LEFT JOIN (SELECT holder, count(*) AS running FROM lease WHERE %s GROUP BY holder) l
                ON l.holder = w.holder
            WHERE w.expires_at > now() ORDER BY w.queue, w.name, w.holder""".formatted(RUNNING);

    // Whoever says it again changes the reason, and not since when it is so.
    private static final String DRAIN = """
            UPDATE worker SET draining_since = coalesce(draining_since, now()), drain_reason = ?, drained_by = ?
            WHERE holder = ? AND expires_at > now()""";

    private static final String UNDRAIN = """
            UPDATE worker SET draining_since = NULL, drain_reason = NULL, drained_by = NULL
            WHERE holder = ? AND draining_since IS NOT NULL AND expires_at > now()""";

    // A drained worker that nobody hears of for a while, frozen or cut off, is still drained when it is back.
    private static final String SWEEP = """
            DELETE FROM worker
            WHERE expires_at < now() - CASE WHEN draining_since IS NULL THEN interval '1 minute' ELSE interval '1 day' END""";

    /** All workers of a queue together: jobs they can run at once, jobs they run now, how many they are. */
    public record Pool(int slots, int running, int workers) {

        public static final Pool NONE = new Pool(0, 0, 0);

        public int free() {
            return Math.max(0, slots - running);
        }
    }

    /**
     * A worker process that is there.
     *
     * @param holder its id, never used twice
     * @param slots jobs that it can run at once
     * @param drain null if it takes commands
     * @param until when it counts as gone unless it says before that it is there
     */
    public record Worker(
            UUID holder,
            String name,
            String queue,
            int slots,
            int running,
            @Nullable Drain drain,
            Instant until) {}

    /**
     * That a worker takes no further commands.
     *
     * @param reason what the operator said, for other operators
     * @param by the operator's subject
     */
    public record Drain(Instant since, @Nullable String reason, String by) {}

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

    /** The workers that are there, by queue and name. */
    public static List<Worker> all(Connection connection) throws SQLException {
        List<Worker> all = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                OffsetDateTime since = rows.getObject(6, OffsetDateTime.class);
                Drain drain = since == null ? null : new Drain(since.toInstant(), rows.getString(7), rows.getString(8));
                all.add(new Worker(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getInt(4),
                        rows.getInt(5),
                        drain,
                        rows.getObject(9, OffsetDateTime.class).toInstant()));
            }
        }
        return all;
    }

    /**
     * Lets a worker take no further commands, from its next renewal on until it ends; one that is drained stays so since
     * then, for the reason given last.
     *
     * @return false if there is no such worker
     */
    public static boolean drain(Connection connection, UUID holder, @Nullable String reason, String by)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DRAIN)) {
            statement.setString(1, reason);
            statement.setString(2, by);
            statement.setObject(3, holder);
            return statement.executeUpdate() > 0;
        }
    }

    /** Lets a worker take commands again; false if there is none that is drained. */
    public static boolean undrain(Connection connection, UUID holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNDRAIN)) {
            statement.setObject(1, holder);
            return statement.executeUpdate() > 0;
        }
    }

    /** Forgets workers that went away without a word; returns their number. */
    public static int sweepGone(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            return statement.executeUpdate();
        }
    }
}
