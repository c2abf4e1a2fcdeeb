package dev.accepted.store.timer;

import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Timers whose jobs' starts are moved. Such a timer has its new time at once and is not fired before the fold has the
 * event that says so: a start is moved, or fired at its old time, and never both.
 */
public final class MovedTimers {

    private static final String MOVE = """
            UPDATE timer SET due_at = ?::timestamptz, moved_at = now() WHERE job = (
                SELECT job FROM timer WHERE job = ? AND attempt = ? AND moved_at IS NULL FOR UPDATE SKIP LOCKED)""";

    private static final String STANDS = "SELECT EXISTS (SELECT FROM timer WHERE job = ? AND attempt = ?)";

    private static final String UNTOLD = """
            SELECT job, due_at FROM timer WHERE moved_at < now() - ? * interval '1 millisecond'
            ORDER BY moved_at LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String TOLD =
            "UPDATE timer SET moved_at = now() FROM (SELECT unnest(?::uuid[]) AS told) t WHERE timer.job = t.told";

    /** What became of a move. */
    public enum Outcome {
        /** The timer has its new time. */
        MOVED,
        /** It is being fired, or moved, by somebody else. */
        BUSY,
        /** There is none: what it was for was sent. */
        FIRED
    }

    /** A timer that was moved and of whose move the fold does not know. */
    public record Moved(UUID job, Instant to) {}

    private MovedTimers() {}

    /**
     * Moves a timer, unless somebody else is at it. Waits for nobody.
     *
     * @param job whose row the caller has locked
     */
    public static Outcome move(Connection connection, UUID job, int attempt, Instant to) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
            statement.setString(1, to.truncatedTo(ChronoUnit.MICROS).toString());
            statement.setObject(2, job);
            statement.setInt(3, attempt);
            if (statement.executeUpdate() == 1) {
                return Outcome.MOVED;
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(STANDS)) {
            statement.setObject(1, job);
            statement.setInt(2, attempt);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1) ? Outcome.BUSY : Outcome.FIRED;
            }
        }
    }

    /**
     * Locks timers that were moved some time ago and of which the fold has heard nothing, until the transaction ends:
     * their events have to be written (again). While they are locked no fold comes by, and so nobody moves them further.
     */
    public static List<Moved> lockUntold(Connection connection, Duration age, int most) throws SQLException {
        List<Moved> untold = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UNTOLD)) {
            statement.setLong(1, age.toMillis());
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    untold.add(new Moved(
                            rows.getObject(1, UUID.class),
                            rows.getObject(2, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return untold;
    }

    /** Notes that their events were written just now; the caller has locked them. */
    public static void told(Connection connection, List<UUID> jobs) throws SQLException {
        if (!jobs.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(TOLD)) {
                Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), jobs);
                statement.executeUpdate();
            }
        }
    }
}
