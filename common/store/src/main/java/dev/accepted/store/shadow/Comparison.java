package dev.accepted.store.shadow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the live tables with the shadow. For one transaction that sees both as they are at one moment; for one thread.
 */
public final class Comparison {

    /** The highest id there can be. */
    public static final UUID LAST = new UUID(-1, -1);

    private static final String BOUND = """
            SELECT least(
                (SELECT id FROM public.job WHERE id > ? ORDER BY id OFFSET ? LIMIT 1),
                (SELECT id FROM shadow.job WHERE id > ? ORDER BY id OFFSET ? LIMIT 1))""";

    private static final String ROWS = """
            SELECT coalesce(l.%1$s, s.%1$s), CASE WHEN l.%1$s IS NOT NULL THEN to_jsonb(l) END,
                CASE WHEN s.%1$s IS NOT NULL THEN to_jsonb(s) END
            FROM (SELECT * FROM public.%2$s WHERE %3$s) l FULL JOIN (SELECT * FROM shadow.%2$s WHERE %3$s) s
                ON l.%1$s = s.%1$s
            WHERE (%4$s) IS DISTINCT FROM (%5$s) %6$s ORDER BY 1 LIMIT ?""";

    // What the log does not say: a start that is being moved, and what could not be sent yet and was put off.
    private static final String DUE = """
            OR l.moved_at IS NULL AND l.due_at <> s.due_at AND NOT (%s)""".formatted(Catalogue.PUT_OFF);

    private static final List<String> OF_THE_LOG = List.of(
            "job",
            "job_id",
            "attempt",
            "command_topic",
            "command_partition",
            "command_offset",
            "held_tenant",
            "held_queue",
            "held_type");

    private static final List<Column<UUID>> IDS = List.of(Column.uuid(id -> id));

    private final Connection connection;
    private final String range;
    private final String chosen;
    private final String timers;
    private final String chosenTimers;

    /** @param connection in the transaction that sees both */
    public Comparison(Connection connection) throws SQLException {
        this.connection = connection;
        List<String> columns = Catalogue.columns(connection, "job");
        this.range = rows("job", "id", "id > ? AND id <= ?", columns, "");
        this.chosen = rows("job", "id", "id = ANY (?)", columns, "");
        this.timers = rows("timer", "job", "job >= ?", OF_THE_LOG, DUE);
        this.chosenTimers = rows("timer", "job", "job = ANY (?)", OF_THE_LOG, DUE);
        // Of each side as much is read as fits into one chunk: whatever the session shuns for other statements.
        Catalogue.execute(connection, "SET LOCAL enable_hashjoin = on");
        Catalogue.execute(connection, "SET LOCAL enable_mergejoin = on");
    }

    private static String rows(String table, String key, String where, List<String> columns, String or) {
        return ROWS.formatted(key, table, where, prefixed("l.", columns), prefixed("s.", columns), or);
    }

    private static String prefixed(String prefix, List<String> columns) {
        return columns.stream().map(column -> prefix + column).collect(Collectors.joining(", "));
    }

    /** Where a chunk ends that begins after an id: it has so many rows of one of the tables, and no more of the other. */
    public UUID bound(UUID after, int rows) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(BOUND)) {
            query.setObject(1, after);
            query.setInt(2, rows - 1);
            query.setObject(3, after);
            query.setInt(4, rows - 1);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                UUID bound = row.getObject(1, UUID.class);
                return bound == null ? LAST : bound;
            }
        }
    }

    /** The jobs of a chunk that differ, in the order of their ids. */
    public List<Difference> jobs(UUID after, UUID upTo, int most) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(range)) {
            query.setObject(1, after);
            query.setObject(2, upTo);
            query.setObject(3, after);
            query.setObject(4, upTo);
            query.setInt(5, most);
            return read("job", query);
        }
    }

    /** Those of these jobs that differ. */
    public List<Difference> jobs(Collection<UUID> of) throws SQLException {
        return chosen("job", chosen, of);
    }

    /** The timers that differ in what follows from the log, of jobs from an id on. */
    public List<Difference> timers(UUID lowest, int most) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(timers)) {
            query.setObject(1, lowest);
            query.setObject(2, lowest);
            query.setInt(3, most);
            return read("timer", query);
        }
    }

    /** Those of the timers of these jobs that differ. */
    public List<Difference> timers(Collection<UUID> of) throws SQLException {
        return chosen("timer", chosenTimers, of);
    }

    private List<Difference> chosen(String part, String sql, Collection<UUID> of) throws SQLException {
        List<UUID> ids = new ArrayList<>(of);
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            Column.bind(query, 1, IDS, ids);
            Column.bind(query, 2, IDS, ids);
            query.setInt(3, Integer.MAX_VALUE);
            return read(part, query);
        }
    }

    private static List<Difference> read(String part, PreparedStatement query) throws SQLException {
        List<Difference> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(new Difference(
                        row.getObject(1, UUID.class), part, json(row.getString(2)), json(row.getString(3))));
            }
        }
        return found;
    }

    private static @Nullable JsonNode json(@Nullable String text) throws SQLException {
        try {
            return text == null ? null : Wire.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new SQLException("PostgreSQL's JSON does not read", e);
        }
    }
}
