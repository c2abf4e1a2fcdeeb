package dev.accepted.store.partition;

import dev.accepted.contract.id.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes and drops the job table's partitions, one a day (UTC) of the jobs' ids. */
public final class Partitions {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String CHILDREN = """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'job'::regclass AND c.relname ~ '^job_[0-9]{8}$' ORDER BY c.relname""";

    /** Every reader and writer of the table waits behind whoever waits for its lock. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(1);

    private Partitions() {}

    /**
     * Sees to it that the days from the one before {@code now} to {@code ahead} days after it have partitions. Gateways
     * that start together take turns. A day of which rows already lie in the DEFAULT partition stays there.
     *
     * <p>Where a day is missing the table is locked until the caller's transaction ends; without a transaction this
     * makes one of its own.
     */
    public static void ensure(Connection connection, Instant now, int ahead) throws SQLException {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        List<LocalDate> days =
                IntStream.rangeClosed(-1, ahead).mapToObj(today::plusDays).toList();
        if (allExist(connection, days)) {
            return;
        }
        if (!connection.getAutoCommit()) {
            create(connection, days);
            return;
        }
        connection.setAutoCommit(false);
        try {
            create(connection, days);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** The days that have partitions, of those before {@code day}; oldest first. */
    public static List<LocalDate> before(Connection connection, LocalDate day) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CHILDREN)) {
            while (rows.next()) {
                LocalDate date = LocalDate.parse(rows.getString(1).substring("job_".length()), DAY);
                if (date.isBefore(day)) {
                    days.add(date);
                }
            }
        }
        return days;
    }

    /**
     * Drops a day's partition and the jobs in it. The table is locked until the caller's transaction ends, which therefore
     * does nothing else.
     *
     * @throws SQLException also when the lock is not to be had within a second: the table is in use, it is tried again
     */
    public static void drop(Connection connection, LocalDate date) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + LOCK_PATIENCE.toMillis());
            // In the order in which everybody takes them: the table, then its partition.
            statement.execute("LOCK TABLE ONLY job IN ACCESS EXCLUSIVE MODE");
            statement.execute("DROP TABLE IF EXISTS " + name(date));
        }
    }

    private static void create(Connection connection, List<LocalDate> days) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('job partitions'))");
            if (missing(connection, days).isEmpty()) {
                return;
            }
            // Creating a partition takes this lock anyway; taken first, no row can come into DEFAULT meanwhile.
            statement.execute("LOCK TABLE ONLY job IN ACCESS EXCLUSIVE MODE");
            for (LocalDate date : missing(connection, days)) {
                statement.execute(
                        "CREATE TABLE %s PARTITION OF job FOR VALUES FROM ('%s') TO ('%s') WITH (fillfactor = 70)"
                                .formatted(name(date), bound(date), bound(date.plusDays(1))));
            }
        }
    }

    /** Looks at names alone: a caller that waits for its turn must hold no lock on DEFAULT, which its turn's holder needs. */
    private static boolean allExist(Connection connection, List<LocalDate> days) throws SQLException {
        for (LocalDate date : days) {
            if (!exists(connection, date)) {
                return false;
            }
        }
        return true;
    }

    /** The days that have neither a partition nor rows in DEFAULT. */
    private static List<LocalDate> missing(Connection connection, List<LocalDate> days) throws SQLException {
        List<LocalDate> missing = new ArrayList<>();
        for (LocalDate date : days) {
            if (!exists(connection, date) && !liesInDefault(connection, date)) {
                missing.add(date);
            }
        }
        return missing;
    }

    private static String name(LocalDate date) {
        return "job_" + DAY.format(date);
    }

    private static boolean exists(Connection connection, LocalDate date) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, name(date));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static boolean liesInDefault(Connection connection, LocalDate date) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM job_default WHERE id >= ?::uuid AND id < ?::uuid)")) {
            query.setString(1, bound(date));
            query.setString(2, bound(date.plusDays(1)));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static String bound(LocalDate date) {
        return UuidV7.lowest(date.atStartOfDay(ZoneOffset.UTC).toInstant()).toString();
    }
}
