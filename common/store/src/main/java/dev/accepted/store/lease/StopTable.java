package dev.accepted.store.lease;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes jobs' leases, so that no further attempt begins. All times are PostgreSQL's.
 *
 * <p>A lease is taken before the event that says why is written. Whose event was lost on the way is found by
 * {@link #remind}.
 */
public final class StopTable {

    private static final String TAKE = """
            INSERT INTO lease (job, job_id, tenant, type, queue, command_topic, command_partition, command_offset,
                attempt, holder, worker, expires_at, cancel_requested, cancel_requested_at, cancel_reason, cancel_by)
            SELECT b.id, b.job_id, b.tenant, b.type, b.queue, b.topic, b.part, b.pos, %d, '%s', ?, 'infinity', true,
                now(), ?, ?
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS b(id, job_id, tenant, type, queue, topic, part, pos)
            ORDER BY b.id
            ON CONFLICT (job) DO UPDATE SET
                attempt = CASE WHEN lease.ended_at IS NULL THEN lease.attempt ELSE excluded.attempt END,
                holder = CASE WHEN lease.ended_at IS NULL THEN lease.holder ELSE excluded.holder END,
                worker = CASE WHEN lease.ended_at IS NULL THEN lease.worker ELSE excluded.worker END,
                claimed_at = CASE WHEN lease.ended_at IS NULL THEN lease.claimed_at ELSE now() END,
                expires_at = CASE WHEN lease.ended_at IS NULL THEN lease.expires_at ELSE excluded.expires_at END,
                cancel_requested = true, cancel_requested_at = now(),
                cancel_reason = coalesce(lease.cancel_reason, excluded.cancel_reason),
                cancel_by = CASE WHEN lease.cancel_requested THEN lease.cancel_by ELSE excluded.cancel_by END,
                ended_at = NULL
            """.formatted(Stop.EVERY_ATTEMPT, Stop.NOBODY);

    private static final String RETURNING = " RETURNING job, worker, holder, attempt, command_topic,"
            + " command_partition, command_offset, cancel_reason, cancel_by, ended_at";

    static final String TAKE_OR_FLAG = TAKE + RETURNING;

    static final String TAKE_IF_FREE = TAKE + "WHERE lease.ended_at IS NOT NULL" + RETURNING;

    // A worker that was told, and whose job the table shows as cancelling, has its time. The time moves on as they are
    // picked: each is told of again after a while only, and by one gateway.
    static final String REMIND = """
            UPDATE lease SET cancel_requested_at = now() WHERE job = ANY (ARRAY(
                SELECT l.job FROM lease l
                CROSS JOIN LATERAL (SELECT finished_at, status FROM job WHERE job.id = l.job OFFSET 0) j
                WHERE l.cancel_requested AND l.cancel_requested_at < now() - ? * interval '1 millisecond'
                    AND CASE WHEN l.ended_at IS NOT NULL THEN j.finished_at IS NULL
                        WHEN l.holder = '%s' THEN true
                        ELSE j.finished_at IS NOT NULL OR j.status <> 'cancelling' END
                ORDER BY l.cancel_requested_at LIMIT ? FOR UPDATE OF l SKIP LOCKED))
            """.formatted(Stop.NOBODY) + RETURNING;

    private static final String REOPEN = """
            UPDATE lease SET attempt = least(attempt, ?), cancel_requested = false, cancel_requested_at = NULL,
                cancel_reason = NULL, cancel_by = NULL, ended_at = coalesce(ended_at, now())
            WHERE job = ? AND cancel_requested""";

    static final List<Column<JobState>> TAKEN = List.of(
            Column.uuid(s -> s.id().uuid()),
            Column.text(s -> s.id().text()),
            Column.text(JobState::tenant),
            Column.text(JobState::type),
            Column.text(JobState::queue),
            Column.text(s -> commandOf(s).topic()),
            Column.integer(s -> commandOf(s).partition()),
            Column.bigint(s -> commandOf(s).offset()));

    private StopTable() {}

    /**
     * Takes the lease of one job where no worker holds it; else tells the worker that does, by its next renewal.
     *
     * @param state of an unfinished job with a command, whose row the caller has locked: so it ends neither before
     *     this nor meanwhile
     * @param by the operator who wants it; null if the client does
     */
    public static Stop cancel(Connection connection, JobState state, @Nullable String reason, @Nullable String by)
            throws SQLException {
        return take(connection, TAKE_OR_FLAG, Stop.Cause.CANCEL, reason, by, List.of(state))
                .get(0);
    }

    /**
     * Takes the leases of those jobs that no worker holds and nobody took.
     *
     * @param states as for {@link #cancel}
     * @return of which it is so now
     */
    public static List<Stop> stopFree(Connection connection, List<JobState> states) throws SQLException {
        return take(connection, TAKE_IF_FREE, Stop.Cause.DEADLINE, null, null, states);
    }

    private static List<Stop> take(
            Connection connection,
            String sql,
            Stop.Cause cause,
            @Nullable String reason,
            @Nullable String by,
            List<JobState> states)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, cause.word());
            statement.setString(2, reason == null ? null : reason.replace('\0', '\uFFFD'));
            statement.setString(3, by);
            Column.bind(statement, 4, TAKEN, states);
            return read(statement);
        }
    }

    /**
     * Picks what was stopped some time ago and whose job the table does not show so: its event has to be written
     * (again). What is picked is not picked again before that time has passed once more.
     */
    public static List<Stop> remind(Connection connection, Duration age, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMIND)) {
            statement.setLong(1, age.toMillis());
            statement.setInt(2, most);
            return read(statement);
        }
    }

    /**
     * Lets attempts begin again of a job that an operator took up again, and that was stopped before.
     *
     * @param state with its row locked by the caller
     */
    public static void reopen(Connection connection, JobState state) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REOPEN)) {
            statement.setInt(1, state.phase().attempt() - 1);
            statement.setObject(2, state.id().uuid());
            statement.executeUpdate();
        }
    }

    private static List<Stop> read(PreparedStatement statement) throws SQLException {
        List<Stop> stops = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                stops.add(read(rows));
            }
        }
        return stops;
    }

    private static Stop read(ResultSet row) throws SQLException {
        boolean taken = Stop.NOBODY.equals(row.getObject("holder", UUID.class));
        boolean late = taken && Stop.Cause.DEADLINE.word().equals(row.getString("worker"));
        return new Stop(
                row.getObject("job", UUID.class),
                late ? Stop.Cause.DEADLINE : Stop.Cause.CANCEL,
                !taken && row.getObject("ended_at") == null,
                row.getInt("attempt"),
                new Position(
                        row.getString("command_topic"), row.getInt("command_partition"), row.getLong("command_offset")),
                row.getString("cancel_reason"),
                row.getString("cancel_by"));
    }

    private static Position commandOf(JobState state) {
        return Objects.requireNonNull(state.command(), "a job without a command cannot be stopped");
    }
}
