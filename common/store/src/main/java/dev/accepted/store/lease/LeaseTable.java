package dev.accepted.store.lease;

import dev.accepted.contract.job.Limit;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims, renews and ends leases. All times are PostgreSQL's. */
public final class LeaseTable {

    // Whatever the planner knows of the tables, no plan can join a batch to a whole table: each job is looked for by
    // itself (LATERAL; OFFSET 0 and FOR UPDATE keep it from being turned into a join), and what is written is found as
    // a conflict with the primary key. An UPDATE with a join went by the index of live leases: 100,000 for each batch.
    //
    // The row of an ended or expired lease still refuses its own attempt: each (job, attempt) is claimed at most once.
    static final String CLAIM = """
            INSERT INTO lease (job, job_id, tenant, type, queue, attempt, command_topic, command_partition,
                command_offset, holder, worker, expires_at)
            SELECT b.id, b.job_id, b.tenant, b.type, b.queue, b.attempt, b.topic, b.part, b.pos, ?, ?,
                now() + ? * interval '1 millisecond'
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) AS b(id, job_id, tenant, type, queue, attempt, topic, part, pos)
            LEFT JOIN LATERAL (SELECT id, finished_at, status, attempt FROM job WHERE job.id = b.id OFFSET 0) j ON true
            WHERE j.id IS NULL OR (j.finished_at IS NULL AND j.status <> 'cancelling' AND j.attempt <= b.attempt)
            ORDER BY b.id
            ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt, holder = excluded.holder,
                worker = excluded.worker, command_topic = excluded.command_topic,
                command_partition = excluded.command_partition, command_offset = excluded.command_offset,
                claimed_at = now(), expires_at = excluded.expires_at, ended_at = NULL, held_by = NULL
            WHERE lease.attempt < excluded.attempt AND NOT lease.cancel_requested
            RETURNING job""";

    private static final String LEGACIES = """
            SELECT j.id, j.checkpoint::text, coalesce((j.work ->> 'failures')::int, 0), j.started_at IS NOT NULL
            FROM (SELECT unnest(?::uuid[]) AS wanted) w
            CROSS JOIN LATERAL (SELECT id, checkpoint, work, started_at FROM job WHERE job.id = w.wanted OFFSET 0) j""";

    // The last row of a renewal is no lease: it says whether the queue is paused, what limits there are, and whether
    // the
    // worker is drained.
    //
    // Renewing, ending and claiming meet in the same rows. All three lock them in id order, whatever the plan, so that
    // none waits for another in a circle.
    static final String RENEW = """
            WITH alive AS (
                INSERT INTO worker (holder, name, queue, slots, expires_at)
                VALUES (?, ?, ?, ?, now() + ? * interval '1 millisecond')
                ON CONFLICT (holder) DO UPDATE SET slots = excluded.slots, expires_at = excluded.expires_at
                RETURNING draining_since IS NOT NULL AS draining),
            kept AS (INSERT INTO lease SELECT l.* FROM (SELECT * FROM unnest(?, ?) AS b(id, attempt) ORDER BY id) h
            CROSS JOIN LATERAL (SELECT * FROM lease WHERE lease.job = h.id AND lease.attempt = h.attempt
                AND lease.holder = ? AND lease.ended_at IS NULL FOR UPDATE) l
            ON CONFLICT (job) DO UPDATE SET expires_at = now() + ? * interval '1 millisecond'
            RETURNING job, attempt, cancel_requested)
            SELECT job, attempt, cancel_requested, NULL::text[], NULL::boolean FROM kept
            UNION ALL SELECT NULL, NULL, EXISTS (SELECT FROM paused_queue WHERE queue = ?),
                ARRAY(SELECT kind || '/' || name FROM concurrency_limit), (SELECT draining FROM alive)""";

    static final String END = """
            INSERT INTO lease SELECT l.* FROM (SELECT * FROM unnest(?, ?) AS b(id, attempt) ORDER BY id) e
            CROSS JOIN LATERAL (SELECT * FROM lease WHERE lease.job = e.id AND lease.attempt <= e.attempt
                AND lease.ended_at IS NULL FOR UPDATE) l
            ON CONFLICT (job) DO UPDATE SET ended_at = now()""";

    // What is held back is not run by its holder, and so is none of those.
    private static final String MINE = """
            SELECT l.job FROM unnest(?, ?) AS b(id, attempt)
            CROSS JOIN LATERAL (SELECT * FROM lease WHERE lease.job = b.id OFFSET 0) l
            WHERE l.attempt = b.attempt AND l.holder = ? AND l.ended_at IS NULL AND l.held_by IS NULL
                AND l.expires_at > now()""";

    private static final String EXPIRED = """
            SELECT job, job_id, tenant, type, queue, attempt, worker, command_topic, command_partition, command_offset,
                held_by
            FROM lease WHERE ended_at IS NULL AND expires_at < now()
            ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED""";

    // An array is computed once. Of IN (SELECT ...) a plan may run the select again and again, past its limit; and of
    // EXISTS it may read the whole other table into a hash.
    static final String SWEEP = """
            DELETE FROM lease WHERE job = ANY (ARRAY(
                SELECT job FROM lease WHERE ended_at < now() - ? * interval '1 millisecond'
                    AND (NOT cancel_requested OR ended_at < now() - interval '1 day'
                        OR (SELECT finished_at FROM job WHERE job.id = lease.job) IS NOT NULL)
                LIMIT ? FOR UPDATE SKIP LOCKED))""";

    static final List<Column<LeasedCommand>> CLAIMED = List.of(
            Column.uuid(LeasedCommand::job),
            Column.text(LeasedCommand::jobId),
            Column.text(LeasedCommand::tenant),
            Column.text(LeasedCommand::type),
            Column.text(LeasedCommand::queue),
            Column.integer(LeasedCommand::attempt),
            Column.text(c -> c.command().topic()),
            Column.integer(c -> c.command().partition()),
            Column.bigint(c -> c.command().offset()));

    static final List<Column<Held>> HELD = List.of(Column.uuid(Held::job), Column.integer(Held::attempt));

    /** One attempt of one job that somebody holds, or held. */
    public record Held(UUID job, int attempt) {}

    /**
     * A worker process.
     *
     * @param holder a UUID of the process, never used twice
     */
    public record Holder(UUID holder, String name, String queue, int slots) {}

    /**
     * What earlier attempts of a job left to the next.
     *
     * @param checkpoint as JSON
     * @param failures how many of them failed by their own fault
     * @param begun whether one of them had begun
     */
    public record Legacy(@Nullable String checkpoint, int failures, boolean begun) {

        /** There was none. */
        public static final Legacy NONE = new Legacy(null, 0, false);
    }

    /**
     * What a renewal tells.
     *
     * @param held the attempts that are still the holder's, each with whether its cancel was asked for
     * @param paused whether the holder's queue is paused
     * @param limits those that are set, for whomever
     * @param draining whether the holder itself is to take no further commands
     */
    public record Renewal(Map<Held, Boolean> held, boolean paused, Set<Limit> limits, boolean draining) {}

    private LeaseTable() {}

    /**
     * Claims a batch for a holder, each (job, attempt) at most once, and says which jobs it got. Refused are finished
     * jobs, attempts that ended, and attempts not above the one in the lease, live or expired.
     *
     * @param batch of distinct jobs
     * @throws IllegalArgumentException if a job is in the batch twice; nothing is claimed then
     */
    public static Set<UUID> claim(Connection connection, Holder by, Duration ttl, List<LeasedCommand> batch)
            throws SQLException {
        requireDistinct(batch);
        Set<UUID> claimed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setObject(1, by.holder());
            statement.setString(2, by.name());
            statement.setLong(3, ttl.toMillis());
            Column.bind(statement, 4, CLAIMED, batch);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return claimed;
    }

    private static void requireDistinct(List<LeasedCommand> batch) {
        Set<UUID> seen = new HashSet<>();
        for (LeasedCommand command : batch) {
            if (!seen.add(command.job())) {
                throw new IllegalArgumentException("Job " + command.jobId()
                        + " is in the batch twice: nothing of it is claimed until each job is in it once");
            }
        }
    }

    /** Of these attempts the jobs whose lease is live and this holder's, though it may not know. */
    public static Set<UUID> mine(Connection connection, Holder by, Collection<Held> attempts) throws SQLException {
        Set<UUID> mine = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(MINE)) {
            Column.bind(statement, 1, HELD, new ArrayList<>(attempts));
            statement.setObject(3, by.holder());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    mine.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return mine;
    }

    /** What earlier attempts of these jobs left; jobs without a row are not in the answer. */
    public static Map<UUID, Legacy> legacies(Connection connection, Collection<UUID> jobs) throws SQLException {
        Map<UUID, Legacy> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LEGACIES)) {
            Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(jobs));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            rows.getObject(1, UUID.class),
                            new Legacy(rows.getString(2), rows.getInt(3), rows.getBoolean(4)));
                }
            }
        }
        return found;
    }

    /**
     * Renews exactly the attempts held in memory and the worker's own presence, in one statement.
     *
     * @return what is still this holder's; the others are lost
     */
    public static Renewal renew(Connection connection, Holder by, Duration ttl, Collection<Held> held)
            throws SQLException {
        Map<Held, Boolean> renewed = new HashMap<>();
        boolean paused = false;
        boolean draining = false;
        Set<Limit> limits = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setObject(1, by.holder());
            statement.setString(2, by.name());
            statement.setString(3, by.queue());
            statement.setInt(4, by.slots());
            statement.setLong(5, ttl.toMillis());
            Column.bind(statement, 6, HELD, new ArrayList<>(held));
            statement.setObject(8, by.holder());
            statement.setLong(9, ttl.toMillis());
            statement.setString(10, by.queue());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    UUID job = rows.getObject(1, UUID.class);
                    if (job == null) {
                        paused = rows.getBoolean(3);
                        draining = rows.getBoolean(5);
                        for (Object limit : (Object[]) rows.getArray(4).getArray()) {
                            limits.add(Limit.ofText((String) limit));
                        }
                    } else {
                        renewed.put(new Held(job, rows.getInt(2)), rows.getBoolean(3));
                    }
                }
            }
        }
        return new Renewal(renewed, paused, limits, draining);
    }

    /** Takes a worker that stops off the list of those that are there. */
    public static void retire(Connection connection, Holder holder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM worker WHERE holder = ?")) {
            statement.setObject(1, holder.holder());
            statement.executeUpdate();
        }
    }

    /** Marks leases as ended, up to and with the given attempts. Not deleted: see the table. */
    public static void end(Connection connection, Collection<Held> over) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(END)) {
            Column.bind(statement, 1, HELD, new ArrayList<>(over));
            statement.executeUpdate();
        }
    }

    /** Locks leases whose time is over, until the transaction ends; those that somebody else locked are left out. */
    public static List<LeasedCommand> lockExpired(Connection connection, int most) throws SQLException {
        List<LeasedCommand> expired = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
            statement.setInt(1, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    expired.add(LeasedCommand.read(rows));
                }
            }
        }
        return expired;
    }

    /**
     * Deletes leases that ended longer ago than any claim's snapshot can be old; returns their number. One that was to
     * be cancelled keeps further attempts out until its job has ended, and stays as long, a day at most.
     */
    public static int sweepEnded(Connection connection, Duration age, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.setLong(1, age.toMillis());
            statement.setInt(2, most);
            return statement.executeUpdate();
        }
    }
}
