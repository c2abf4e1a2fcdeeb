package dev.accepted.store.partition;

import dev.accepted.contract.id.UuidV7;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Makes the job table's partitions, one a day (UTC) of the jobs' ids. */
public final class Partitions {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private Partitions() {}

    /**
     * Sees to it that the days from the one before {@code now} to {@code ahead} days after it have partitions. Gateways
     * that start together take turns. A day of which rows already lie in the DEFAULT partition stays there.
     */
    public static void ensure(Connection connection, Instant now, int ahead) throws SQLException {
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('job partitions'))");
            for (int day = -1; day <= ahead; day++) {
                LocalDate date = today.plusDays(day);
                if (!exists(connection, date)) {
                    create(statement, connection, date);
                }
            }
        }
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

    private static void create(Statement statement, Connection connection, LocalDate date) throws SQLException {
        String from = bound(date);
        String to = bound(date.plusDays(1));
        try (PreparedStatement taken = connection.prepareStatement(
                "SELECT EXISTS (SELECT FROM job_default WHERE id >= ?::uuid AND id < ?::uuid)")) {
            taken.setString(1, from);
            taken.setString(2, to);
            try (ResultSet row = taken.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
        }
        statement.execute("CREATE TABLE %s PARTITION OF job FOR VALUES FROM ('%s') TO ('%s') WITH (fillfactor = 70)"
                .formatted(name(date), from, to));
    }

    private static String bound(LocalDate date) {
        return UuidV7.lowest(date.atStartOfDay(ZoneOffset.UTC).toInstant()).toString();
    }
}
