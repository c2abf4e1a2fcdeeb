package dev.accepted.store.idempotency;

import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reserves, acknowledges and forgets keys, many at once. Every time is the database's. */
public final class IdempotencyTable {

    // What was inserted is not seen by the select of the same statement. What was taken over is seen as it was before:
    // of two rows of one key the one that says so is right.
    static final String RESERVE = """
            WITH asked AS (
                SELECT * FROM unnest(?, ?, ?, ?, ?, ?) AS a (tenant, route, key, fingerprint, job_id, command)
            ), put AS (
                INSERT INTO idempotency_key AS k (tenant, route, key, fingerprint, job_id, command, state)
                SELECT tenant, route, key, decode(fingerprint, 'hex'), job_id, command, 'reserved' FROM asked
                ON CONFLICT (tenant, route, key) DO UPDATE SET turn = k.turn + 1, taken_at = now()
                    WHERE k.state = 'reserved' AND k.fingerprint = excluded.fingerprint
                        AND k.taken_at < now() - ? * interval '1 millisecond'
                RETURNING *
            )
            SELECT tenant, route, key, encode(fingerprint, 'hex') AS fingerprint, job_id, turn, command, answer,
                'TAKEN' AS standing
            FROM put
            UNION ALL
            SELECT tenant, route, key, encode(k.fingerprint, 'hex'), k.job_id, k.turn, k.command, k.answer,
                CASE WHEN k.state = 'acked' THEN 'ACKED'
                    WHEN k.taken_at < now() - ? * interval '1 millisecond' THEN 'LEFT' ELSE 'HELD' END
            FROM asked JOIN idempotency_key k USING (tenant, route, key)""";

    static final String FIND = """
            SELECT tenant, route, key, encode(k.fingerprint, 'hex') AS fingerprint, k.job_id, k.turn, k.command,
                k.answer, CASE WHEN k.state = 'acked' THEN 'ACKED'
                    WHEN k.taken_at < now() - ? * interval '1 millisecond' THEN 'LEFT' ELSE 'HELD' END AS standing
            FROM unnest(?, ?, ?) AS a (tenant, route, key) JOIN idempotency_key k USING (tenant, route, key)""";

    // The first answer stays.
    static final String ACKNOWLEDGE = """
            UPDATE idempotency_key k SET state = 'acked', acked_at = coalesce(k.acked_at, now()),
                answer = coalesce(k.answer, a.answer), command = NULL
            FROM unnest(?, ?, ?, ?, ?) AS a (tenant, route, key, job_id, answer)
            WHERE k.tenant = a.tenant AND k.route = a.route AND k.key = a.key AND k.job_id = a.job_id
            RETURNING k.tenant, k.route, k.key, k.answer""";

    static final String RELEASE = """
            DELETE FROM idempotency_key k USING unnest(?, ?, ?, ?, ?) AS a (tenant, route, key, job_id, turn)
            WHERE k.tenant = a.tenant AND k.route = a.route AND k.key = a.key AND k.job_id = a.job_id
                AND k.turn = a.turn AND k.state = 'reserved'""";

    static final String LEAVE = """
            UPDATE idempotency_key k SET taken_at = '-infinity'
            FROM unnest(?, ?, ?, ?, ?) AS a (tenant, route, key, job_id, turn)
            WHERE k.tenant = a.tenant AND k.route = a.route AND k.key = a.key AND k.job_id = a.job_id
                AND k.turn = a.turn AND k.state = 'reserved'""";

    static final String EXPIRE = """
            DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM idempotency_key WHERE reserved_at < now() - ? * interval '1 millisecond'
                ORDER BY reserved_at LIMIT ? FOR UPDATE SKIP LOCKED))""";

    private static final String NO_WAIT_FOR_DISK = "SET LOCAL synchronous_commit = off";

    static final List<Column<Reservation>> RESERVED = List.of(
            Column.text(r -> r.key().tenant()),
            Column.text(r -> r.key().route()),
            Column.text(r -> r.key().key()),
            Column.text(Reservation::fingerprint),
            Column.text(Reservation::jobId),
            Column.text(Reservation::command));

    static final List<Column<ScopedKey>> KEYS =
            List.of(Column.text(ScopedKey::tenant), Column.text(ScopedKey::route), Column.text(ScopedKey::key));

    static final List<Column<Acknowledged>> ANSWERED = List.of(
            Column.text(a -> a.key().tenant()),
            Column.text(a -> a.key().route()),
            Column.text(a -> a.key().key()),
            Column.text(Acknowledged::jobId),
            Column.text(Acknowledged::answer));

    static final List<Column<Hold>> HELD = List.of(
            Column.text(h -> h.key().tenant()),
            Column.text(h -> h.key().route()),
            Column.text(h -> h.key().key()),
            Column.text(Hold::jobId),
            Column.integer(Hold::turn));

    private IdempotencyTable() {}

    /**
     * Reserves keys that nobody has, and takes over those that were left with the same fingerprint: their rows say
     * {@code TAKEN}. The others' rows say how they stand.
     *
     * @param reservations at most one a key
     * @param abandonedAfter a reservation of this age is taken for left by whoever had it
     * @return rows by key; a key that somebody else reserved in this very moment may be missing: ask again
     */
    public static Map<ScopedKey, KeyRow> reserve(
            Connection connection, List<Reservation> reservations, Duration abandonedAfter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            Column.bind(statement, 1, RESERVED, inOrder(reservations, Reservation::key));
            statement.setLong(RESERVED.size() + 1, abandonedAfter.toMillis());
            statement.setLong(RESERVED.size() + 2, abandonedAfter.toMillis());
            return read(statement);
        }
    }

    /** The rows of those keys that have one. */
    public static Map<ScopedKey, KeyRow> find(Connection connection, List<ScopedKey> keys, Duration abandonedAfter)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setLong(1, abandonedAfter.toMillis());
            Column.bind(statement, 2, KEYS, keys);
            return read(statement);
        }
    }

    /**
     * In this transaction the others of this class are not on disk yet when they return: should the database crash, the
     * keys are as before, and a retry sends the same command again.
     */
    public static void doNotWaitForDisk(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NO_WAIT_FOR_DISK)) {
            statement.execute();
        }
    }

    /** Notes that the log has the commands; gives the answers that count, which are the first ones. */
    public static Map<ScopedKey, String> acknowledge(Connection connection, List<Acknowledged> all)
            throws SQLException {
        Map<ScopedKey, String> answers = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ACKNOWLEDGE)) {
            Column.bind(statement, 1, ANSWERED, inOrder(all, Acknowledged::key));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    answers.put(key(row), row.getString("answer"));
                }
            }
        }
        return answers;
    }

    /** Frees keys whose commands are in no log for sure, unless somebody has taken them over. */
    public static void release(Connection connection, List<Hold> holds) throws SQLException {
        update(connection, RELEASE, holds);
    }

    /** Leaves keys to whoever asks next with the same request. */
    public static void leave(Connection connection, List<Hold> holds) throws SQLException {
        update(connection, LEAVE, holds);
    }

    /** Removes the oldest of the keys above that age; tells how many. */
    public static int expire(Connection connection, Duration age, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setLong(1, age.toMillis());
            statement.setInt(2, most);
            return statement.executeUpdate();
        }
    }

    private static void update(Connection connection, String sql, List<Hold> holds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Column.bind(statement, 1, HELD, inOrder(holds, Hold::key));
            statement.executeUpdate();
        }
    }

    /** Two statements that lock the same rows lock them in the same order. */
    private static <T> List<T> inOrder(List<T> rows, Function<T, ScopedKey> key) {
        return rows.stream()
                .sorted((a, b) -> key.apply(a).compareTo(key.apply(b)))
                .toList();
    }

    private static Map<ScopedKey, KeyRow> read(PreparedStatement query) throws SQLException {
        Map<ScopedKey, KeyRow> found = new HashMap<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.merge(key(row), row(row), (a, b) -> a.standing() == KeyRow.Standing.TAKEN ? a : b);
            }
        }
        return found;
    }

    private static ScopedKey key(ResultSet row) throws SQLException {
        return new ScopedKey(row.getString("tenant"), row.getString("route"), row.getString("key"));
    }

    private static KeyRow row(ResultSet row) throws SQLException {
        return new KeyRow(
                key(row),
                row.getString("fingerprint"),
                row.getString("job_id"),
                KeyRow.Standing.valueOf(row.getString("standing")),
                row.getInt("turn"),
                row.getString("command"),
                row.getString("answer"));
    }
}
