package dev.accepted.store.concurrency;

import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.timer.TimerTable.Due;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Timers whose jobs wait until a limit has room, whatever the time. */
public final class HeldTimers {

    private static final String MY_TURN = "SELECT pg_try_advisory_xact_lock(hashtext('accepted.release'))";

    // One look into the index for each group, however many of it wait.
    static final String GROUPS = """
            WITH RECURSIVE g AS (
                (SELECT held_tenant, held_queue, held_type FROM timer WHERE held_tenant IS NOT NULL
                    ORDER BY held_tenant, held_queue, held_type LIMIT 1)
                UNION ALL
                SELECT n.* FROM g CROSS JOIN LATERAL (
                    SELECT held_tenant, held_queue, held_type FROM timer
                    WHERE held_tenant IS NOT NULL
                        AND (held_tenant, held_queue, held_type) > (g.held_tenant, g.held_queue, g.held_type)
                    ORDER BY held_tenant, held_queue, held_type LIMIT 1) n)
            SELECT held_tenant AS tenant, held_queue AS queue, held_type AS type FROM g""";

    static final String WAITING = """
            SELECT g.tenant, g.queue, g.type FROM unnest(?, ?, ?) AS g(tenant, queue, type)
            CROSS JOIN LATERAL (SELECT FROM timer
                WHERE held_tenant = g.tenant AND held_queue = g.queue AND held_type = g.type LIMIT 1) t""";

    private static final String OF = """
            SELECT t.job, t.attempt FROM (SELECT unnest(?::uuid[]) AS wanted) w
            CROSS JOIN LATERAL (SELECT job, attempt FROM timer
                WHERE timer.job = w.wanted AND held_tenant IS NOT NULL OFFSET 0) t""";

    static final String OLDEST = """
            SELECT t.job, t.job_id, t.attempt, t.command_topic, t.command_partition, t.command_offset, g.tenant,
                g.queue, g.type
            FROM unnest(?, ?, ?, ?) AS g(tenant, queue, type, most)
            CROSS JOIN LATERAL (SELECT * FROM timer
                WHERE held_tenant = g.tenant AND held_queue = g.queue AND held_type = g.type
                    AND due_at <= now() AND moved_at IS NULL
                ORDER BY due_at LIMIT g.most FOR UPDATE SKIP LOCKED) t
            ORDER BY t.due_at, t.job""";

    private static final String LINES = """
            SELECT held_tenant AS tenant, held_queue AS queue, held_type AS type, count(*), min(due_at), max(due_at)
            FROM timer WHERE held_tenant IS NOT NULL GROUP BY held_tenant, held_queue, held_type""";

    private static final List<Column<Group>> GROUP =
            List.of(Column.text(Group::tenant), Column.text(Group::queue), Column.text(Group::type));

    private static final List<Column<Map.Entry<Group, Integer>>> WANTED = List.of(
            Column.text(wanted -> wanted.getKey().tenant()),
            Column.text(wanted -> wanted.getKey().queue()),
            Column.text(wanted -> wanted.getKey().type()),
            Column.integer(Map.Entry::getValue));

    /** A timer whose job waits. */
    public record Waiting(Due timer, Group group) {}

    /**
     * Those of a group that wait.
     *
     * @param first since when the first of them waits
     * @param last since when the last of them waits
     */
    public record Line(long waiting, Instant first, Instant last) {}

    private HeldTimers() {}

    /** Whether nobody else releases; true for one transaction at a time, until it ends. */
    public static boolean isMyTurn(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MY_TURN);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** The groups of which some wait. */
    public static List<Group> groups(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(GROUPS)) {
            return groups(statement);
        }
    }

    /** Those of the groups of which some wait. */
    public static Set<Group> waiting(Connection connection, Collection<Group> groups) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
            Column.bind(statement, 1, GROUP, new ArrayList<>(groups));
            return new HashSet<>(groups(statement));
        }
    }

    private static List<Group> groups(PreparedStatement statement) throws SQLException {
        List<Group> groups = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                groups.add(Group.read(row));
            }
        }
        return groups;
    }

    /** The attempts of these jobs that wait. */
    public static Set<Held> of(Connection connection, Collection<UUID> jobs) throws SQLException {
        Set<Held> waiting = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(OF)) {
            Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), new ArrayList<>(jobs));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    waiting.add(new Held(row.getObject(1, UUID.class), row.getInt(2)));
                }
            }
        }
        return waiting;
    }

    /**
     * Locks those that wait longest, until the transaction ends; those that somebody else locked are left out.
     *
     * @param most how many of each group
     * @return in the order in which they came to wait
     */
    public static List<Waiting> lockOldest(Connection connection, Map<Group, Integer> most) throws SQLException {
        List<Waiting> oldest = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            Column.bind(statement, 1, WANTED, new ArrayList<>(most.entrySet()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Position command = new Position(row.getString(4), row.getInt(5), row.getLong(6));
                    Due due = new Due(row.getObject(1, UUID.class), row.getString(2), row.getInt(3), command);
                    oldest.add(new Waiting(due, Group.read(row)));
                }
            }
        }
        return oldest;
    }

    /** How many wait, by group. */
    public static Map<Group, Line> lines(Connection connection) throws SQLException {
        Map<Group, Line> lines = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LINES);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lines.put(
                        Group.read(row),
                        new Line(
                                row.getLong(4),
                                row.getObject(5, OffsetDateTime.class).toInstant(),
                                row.getObject(6, OffsetDateTime.class).toInstant()));
            }
        }
        return lines;
    }
}
