package dev.accepted.store.concurrency;

import dev.accepted.store.batch.Column;
import dev.accepted.store.lease.LeaseTable.Held;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was sent because a limit had room and is not claimed yet. */
public final class ReleasedTable {

    private static final String ADD = """
            INSERT INTO released (job, attempt, tenant, queue, type)
            SELECT job, attempt, tenant, queue, type FROM unnest(?, ?, ?, ?, ?) AS b(job, attempt, tenant, queue, type)
            ORDER BY job
            ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt, since = excluded.since""";

    private static final String ALL = "SELECT job, attempt, tenant, queue, type FROM released";

    private static final String FORGET = "DELETE FROM released WHERE job = ANY (?)";

    // Whoever claimed it without knowing of the limit did not say so here; and what is never claimed, because its job
    // was
    // cancelled while it was in the queue, must not keep its room for ever.
    private static final String SWEEP = """
            DELETE FROM released WHERE since < now() - interval '10 minutes'
                OR (SELECT attempt FROM lease WHERE lease.job = released.job) >= attempt""";

    private static final List<Column<Released>> COLUMNS = List.of(
            Column.uuid(r -> r.sent().job()),
            Column.integer(r -> r.sent().attempt()),
            Column.text(r -> r.group().tenant()),
            Column.text(r -> r.group().queue()),
            Column.text(r -> r.group().type()));

    /** An attempt that was sent. */
    public record Released(Held sent, Group group) {}

    private ReleasedTable() {}

    /** Keeps room for what is being sent. */
    public static void add(Connection connection, List<Released> released) throws SQLException {
        if (!released.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(ADD)) {
                Column.bind(statement, 1, COLUMNS, released);
                statement.executeUpdate();
            }
        }
    }

    /** All of it, with whose it is. */
    public static Map<Held, Group> all(Connection connection) throws SQLException {
        Map<Held, Group> all = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.put(new Held(row.getObject(1, UUID.class), row.getInt(2)), Group.read(row));
            }
        }
        return all;
    }

    /** They have come to a worker. */
    static void forget(Connection connection, List<UUID> jobs) throws SQLException {
        if (!jobs.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
                Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(jobs));
                statement.executeUpdate();
            }
        }
    }

    /** Forgets what was claimed by the way, or will not be. */
    public static void sweep(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SWEEP)) {
            statement.executeUpdate();
        }
    }
}
