package dev.accepted.store.shadow;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What PostgreSQL's own tables say of ours. */
final class Catalogue {

    static final String LIVE = "public";
    static final String SHADOW = "shadow";
    static final String RETIRED = "retired";

    /** The tables that are swapped. */
    static final List<String> SWAPPED = List.of("job", "timer");

    /** Whether a live timer l is due later than the shadow's s because it could not be sent and was put off. */
    static final String PUT_OFF =
            "s.due_at <= now() AND l.due_at > s.due_at AND l.due_at <= now() + interval '2 minutes'";

    private static final String PARTITION_KEY = "SELECT pg_get_partkeydef('public.job'::regclass)";

    private static final String PARTITIONS = """
            SELECT c.relname, pg_get_expr(c.relpartbound, c.oid), array_to_string(c.reloptions, ', ')
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = (? || '.job')::regclass""";

    private static final String COLUMNS = """
            SELECT attname FROM pg_attribute
            WHERE attrelid = (? || '.' || ?)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            ORDER BY attnum""";

    private static final String KEYS = """
            SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
            WHERE conrelid = ('public.' || ?)::regclass AND contype IN ('p', 'u')""";

    private static final String INDEXES = """
            SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid = ('public.' || ?)::regclass
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)""";

    private static final String GRANTS = """
            SELECT format('GRANT %s ON shadow.%I TO %s', a.privilege_type, c.relname,
                CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END)
            FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
            WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner
                AND (c.relname IN ('job', 'timer')
                    OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid AND inhparent = 'public.job'::regclass))""";

    // A column that was dropped leaves a gap in one table and not in the other: only the order counts.
    private static final String STRUCTURE = """
            SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
                SELECT format('%s %s %s %s %s %s', c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum),
                    a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated) AS line
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = ?::regnamespace AND c.relname IN ('job', 'timer')
                    AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
                FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
                WHERE c.relnamespace = ?::regnamespace AND c.relname IN ('job', 'timer') AND k.contype IN ('c', 'p', 'u')
                UNION ALL
                SELECT replace(pg_get_indexdef(x.indexrelid), ' ' || ? || '.', ' ')
                FROM pg_class c JOIN pg_index x ON x.indrelid = c.oid
                WHERE c.relnamespace = ?::regnamespace AND c.relname IN ('job', 'timer')) lines""";

    /**
     * A partition of the table of jobs.
     *
     * @param bound as {@code CREATE TABLE ... PARTITION OF} takes it
     * @param options its storage parameters; empty: none
     */
    record Partition(String name, String bound, String options) {}

    private Catalogue() {}

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static boolean exists(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regnamespace(?) IS NOT NULL")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static String partitionKey(Connection connection) throws SQLException {
        return String.join("", texts(connection, PARTITION_KEY));
    }

    /** The partitions that a schema's table of jobs has, by name. */
    static Map<String, Partition> partitions(Connection connection, String schema) throws SQLException {
        Map<String, Partition> found = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(PARTITIONS)) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String options = row.getString(3);
                    found.put(
                            row.getString(1),
                            new Partition(row.getString(1), row.getString(2), options == null ? "" : options));
                }
            }
        }
        return found;
    }

    /** The names of a live table's columns, without those that follow from others. */
    static List<String> columns(Connection connection, String table) throws SQLException {
        return texts(connection, COLUMNS, LIVE, table);
    }

    /** The keys of a live table, each as a constraint's name and definition. */
    static Map<String, String> keys(Connection connection, String table) throws SQLException {
        Map<String, String> found = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getString(2));
                }
            }
        }
        return found;
    }

    /** The statements that made the indexes of a live table which are no keys. */
    static List<String> indexes(Connection connection, String table) throws SQLException {
        return texts(connection, INDEXES, table);
    }

    /** The statements that give others the rights to a shadow that they have to the live tables. */
    static List<String> grants(Connection connection) throws SQLException {
        return texts(connection, GRANTS);
    }

    /** Columns, constraints and indexes of a schema's tables; equal if the tables are alike. */
    static String structure(Connection connection, String schema) throws SQLException {
        return String.join("", texts(connection, STRUCTURE, schema, schema, schema, schema));
    }

    private static List<String> texts(Connection connection, String sql, String... parameters) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                query.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
        }
        return texts;
    }
}
