package dev.accepted.store.timer;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Timer;
import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets, fires and drops timers. All times are PostgreSQL's. */
public final class TimerTable {

    // Of a job that waits for a limit, and not for its time, the timer says whose it is: see the table.
    //
    // A timer that is being moved keeps its new time until the fold comes by the event that says so.
    private static final String SET = """
            INSERT INTO timer (job, job_id, attempt, due_at, command_topic, command_partition, command_offset,
                held_tenant, held_queue, held_type)
            SELECT job, job_id, attempt, due_at::timestamptz, topic, part, pos, tenant, queue, type
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS b(job, job_id, attempt, due_at, topic, part, pos, tenant, queue, type)
            ORDER BY job
            ON CONFLICT (job) DO UPDATE SET attempt = excluded.attempt,
                due_at = CASE WHEN timer.moved_at IS NULL OR excluded.attempt > timer.attempt
                    THEN excluded.due_at ELSE timer.due_at END,
                moved_at = CASE WHEN excluded.due_at = timer.due_at OR excluded.attempt > timer.attempt
                    THEN NULL ELSE timer.moved_at END,
                command_topic = excluded.command_topic, command_partition = excluded.command_partition,
                command_offset = excluded.command_offset, held_tenant = excluded.held_tenant,
                held_queue = excluded.held_queue, held_type = excluded.held_type""";

    private static final String DROP =
            "DELETE FROM timer USING (SELECT unnest(?::uuid[]) AS dropped) d WHERE timer.job = d.dropped";

    private static final String DUE = """
            SELECT job, job_id, attempt, command_topic, command_partition, command_offset
            FROM timer WHERE due_at <= now() AND moved_at IS NULL AND held_tenant IS NULL
            ORDER BY due_at %s LIMIT ? FOR UPDATE SKIP LOCKED""";

    private static final String PUT_OFF = """
            UPDATE timer SET due_at = now() + ? * interval '1 millisecond'
            FROM (SELECT unnest(?::uuid[]) AS late) l WHERE timer.job = l.late""";

    // Those that are due by the transaction's time were asked for before; whoever holds them will see to them.
    private static final String NEXT = """
            SELECT extract(epoch FROM min(due_at) - clock_timestamp()) * 1000000, clock_timestamp()
            FROM timer WHERE due_at > now() AND held_tenant IS NULL""";

    private static final List<Column<Waiting>> COLUMNS = List.of(
            Column.uuid(w -> w.state.id().uuid()),
            Column.text(w -> w.state.id().text()),
            Column.integer(w -> w.timer.attempt()),
            Column.asText(w -> w.timer.dueAt()),
            Column.text(w -> w.timer.command().topic()),
            Column.integer(w -> w.timer.command().partition()),
            Column.bigint(w -> w.timer.command().offset()),
            Column.text(w -> w.timer.heldBy() == null ? null : w.state.tenant()),
            Column.text(w -> w.timer.heldBy() == null ? null : w.state.queue()),
            Column.text(w -> w.timer.heldBy() == null ? null : w.state.type()));

    private record Waiting(JobState state, Timer timer) {}

    /**
     * A timer that is due.
     *
     * @param attempt the attempt to send
     * @param command where the command lies that is to be sent as that attempt
     */
    public record Due(UUID job, String jobId, int attempt, Position command) {}

    /** Which of those that are due come first. */
    public enum Order {
        OLDEST("ASC"),
        NEWEST("DESC");

        private final String query;

        Order(String direction) {
            this.query = DUE.formatted(direction);
        }
    }

    /**
     * What comes after the timers that are due.
     *
     * @param now PostgreSQL's time
     * @param untilDue how long from then until the next is due, negative if it has just become so; empty: there is none
     */
    public record Next(Instant now, Optional<Duration> untilDue) {}

    private TimerTable() {}

    /**
     * Makes the timers of these jobs what their states say: set, or dropped.
     *
     * @param states of distinct jobs whose rows the caller has locked, so that no two callers meet in one timer
     */
    public static void settle(Connection connection, Collection<JobState> states) throws SQLException {
        List<Waiting> waiting = new ArrayList<>();
        List<UUID> idle = new ArrayList<>();
        for (JobState state : states) {
            state.timer()
                    .ifPresentOrElse(
                            timer -> waiting.add(new Waiting(state, timer)),
                            () -> idle.add(state.id().uuid()));
        }
        if (!waiting.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(SET)) {
                Column.bind(statement, 1, COLUMNS, waiting);
                statement.executeUpdate();
            }
        }
        drop(connection, idle);
    }

    /** Drops the timers of these jobs; the caller has locked them, or the rows of their jobs. */
    public static void drop(Connection connection, List<UUID> jobs) throws SQLException {
        if (!jobs.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(DROP)) {
                Column.bind(statement, 1, List.of(Column.<UUID>uuid(id -> id)), jobs);
                statement.executeUpdate();
            }
        }
    }

    /**
     * Makes timers due later than they were, for what could not be sent now; the caller has locked them. What their
     * jobs' rows say stays.
     */
    public static void putOff(Connection connection, List<UUID> jobs, Duration by) throws SQLException {
        if (!jobs.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(PUT_OFF)) {
                statement.setLong(1, by.toMillis());
                Column.bind(statement, 2, List.of(Column.<UUID>uuid(id -> id)), jobs);
                statement.executeUpdate();
            }
        }
    }

    /** Locks timers that are due, until the transaction ends; those that somebody else locked are left out. */
    public static List<Due> lockDue(Connection connection, int most, Order order) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(order.query)) {
            statement.setInt(1, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Position command = new Position(rows.getString(4), rows.getInt(5), rows.getLong(6));
                    due.add(new Due(rows.getObject(1, UUID.class), rows.getString(2), rows.getInt(3), command));
                }
            }
        }
        return due;
    }

    /** The next timer after those that are due by the transaction's time, to the microsecond. */
    public static Next next(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            double micros = rows.getDouble(1);
            Optional<Duration> wait =
                    rows.wasNull() ? Optional.empty() : Optional.of(Duration.ofNanos((long) Math.ceil(micros) * 1_000));
            return new Next(rows.getObject(2, OffsetDateTime.class).toInstant(), wait);
        }
    }
}
