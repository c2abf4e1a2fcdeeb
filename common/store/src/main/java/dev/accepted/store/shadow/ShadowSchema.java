package dev.accepted.store.shadow;

import static dev.accepted.store.shadow.Catalogue.LIVE;
import static dev.accepted.store.shadow.Catalogue.SHADOW;
import static dev.accepted.store.shadow.Catalogue.SWAPPED;
import static dev.accepted.store.shadow.Catalogue.execute;

import dev.accepted.store.shadow.Catalogue.Partition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes and drops the shadow, and turns a transaction's statements to it. */
public final class ShadowSchema {

    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtext('accepted.shadow'))";
    private static final String UNLOCK = "SELECT pg_advisory_unlock(hashtext('accepted.shadow'))";

    /** Written like the live ones by who folds, and never read. */
    private static final List<String> THROWN_AWAY = List.of("lease", "webhook");

    /** What a shadow is made for. */
    public enum Purpose {
        /** To be compared with the live tables: a crash may empty it, and it has no index but the keys. */
        COMPARISON("UNLOGGED "),
        /** To take their place. */
        SWAP("");

        private final String persistence;

        Purpose(String persistence) {
            this.persistence = persistence;
        }
    }

    private ShadowSchema() {}

    /** Whether the shadow is this session's alone; it stays so until the session unlocks it or ends. */
    public static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK);
                ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Makes an empty shadow, whatever another session left. */
    public static void make(Connection connection, Purpose purpose) throws SQLException {
        drop(connection);
        execute(connection, "CREATE SCHEMA shadow");
        execute(
                connection,
                "CREATE TABLE shadow.job (LIKE public.job INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED"
                        + " INCLUDING STORAGE) PARTITION BY " + Catalogue.partitionKey(connection));
        execute(
                connection,
                "CREATE %sTABLE shadow.timer (LIKE public.timer INCLUDING DEFAULTS INCLUDING CONSTRAINTS"
                                .formatted(purpose.persistence)
                        + " INCLUDING GENERATED INCLUDING STORAGE)");
        for (String table : SWAPPED) {
            for (Map.Entry<String, String> key :
                    Catalogue.keys(connection, table).entrySet()) {
                execute(
                        connection,
                        "ALTER TABLE shadow.%s ADD CONSTRAINT %s %s".formatted(table, key.getKey(), key.getValue()));
            }
        }
        for (Partition partition : Catalogue.partitions(connection, LIVE).values()) {
            create(connection, partition, purpose);
        }
        for (String table : THROWN_AWAY) {
            execute(connection, "CREATE UNLOGGED TABLE shadow.%1$s (LIKE public.%1$s INCLUDING ALL)".formatted(table));
        }
    }

    private static void create(Connection connection, Partition partition, Purpose purpose) throws SQLException {
        execute(
                connection,
                "CREATE %sTABLE shadow.%s PARTITION OF shadow.job %s%s"
                        .formatted(
                                purpose.persistence,
                                partition.name(),
                                partition.bound(),
                                partition.options().isEmpty() ? "" : " WITH (" + partition.options() + ")"));
    }

    /** Drops it, if it is there. */
    public static void drop(Connection connection) throws SQLException {
        execute(connection, "DROP SCHEMA IF EXISTS shadow CASCADE");
    }

    /**
     * Turns the statements of this transaction to the shadow. What it writes is not waited for: after a crash of PostgreSQL
     * the shadow is made anew.
     */
    public static void enter(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL search_path = shadow, public");
        execute(connection, "SET LOCAL synchronous_commit = off");
    }

    /** Lets other sessions have the shadow. */
    public static void unlock(Connection connection) throws SQLException {
        execute(connection, UNLOCK);
    }

    /** Gives a shadow that is filled what it needs to take the live tables' place: indexes, rights, statistics. */
    public static void complete(Connection connection) throws SQLException {
        align(connection);
        for (String table : SWAPPED) {
            for (String index : Catalogue.indexes(connection, table)) {
                execute(connection, index.replaceFirst(" ON (ONLY )?public\\.", " ON shadow."));
            }
        }
        for (String grant : Catalogue.grants(connection)) {
            execute(connection, grant);
        }
        execute(connection, "ANALYZE shadow.job, shadow.timer");
    }

    /** Gives the shadow the partitions that the live table has by now, and no others. */
    static void align(Connection connection) throws SQLException {
        Map<String, Partition> live = Catalogue.partitions(connection, LIVE);
        Map<String, Partition> shadow = Catalogue.partitions(connection, SHADOW);
        for (Partition partition : shadow.values()) {
            if (!live.containsKey(partition.name())) {
                execute(connection, "DROP TABLE shadow." + partition.name());
            }
        }
        for (Partition partition : live.values()) {
            if (!shadow.containsKey(partition.name())) {
                create(connection, partition, Purpose.SWAP);
            }
        }
    }

    /** How many jobs it has. */
    public static long jobs(Connection connection, UUID lowest) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM shadow.job WHERE id >= ?")) {
            statement.setObject(1, lowest);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
