package dev.accepted.store.webhook;

import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Occurrence;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Notes what is to be told, and that it was handed on. All times but those of what happened are PostgreSQL's. */
public final class WebhookTable {

    private static final String NOTE = """
        INSERT INTO webhook (job, event, place, tenant, job_id, occurred_at)
        SELECT job, event, place, tenant, job_id, occurred_at::timestamptz
        FROM unnest(?, ?, ?, ?, ?, ?) AS b(job, event, place, tenant, job_id, occurred_at)
        ORDER BY job, event, place ON CONFLICT DO NOTHING\
        """;

    static final String UNSENT = """
        SELECT job, event, place, tenant, job_id, occurred_at FROM webhook
        WHERE sent_at IS NULL AND (retry_at IS NULL OR retry_at <= now())
        ORDER BY occurred_at LIMIT ? FOR UPDATE SKIP LOCKED\
        """;

    private static final String OF_JOB = """
        SELECT job, event, place, tenant, job_id, occurred_at FROM webhook
        WHERE job = ? AND sent_at IS NULL ORDER BY occurred_at, event\
        """;

    private static final String BATCH = """
        FROM (SELECT unnest(?::uuid[]) AS job, unnest(?::text[]) AS event, unnest(?::bigint[]) AS place) b
        WHERE webhook.job = b.job AND webhook.event = b.event AND webhook.place = b.place\
        """;

    private static final String SENT = "UPDATE webhook SET sent_at = now(), retry_at = NULL " + BATCH;

    private static final String PUT_OFF = "UPDATE webhook SET retry_at = now() + ? * interval '1 millisecond' " + BATCH;

    private static final String FORGET = """
        DELETE FROM webhook WHERE (job, event, place) IN (
            SELECT job, event, place FROM webhook WHERE job < ? ORDER BY job LIMIT ?)\
        """;

    private static final List<Column<Told>> KEY = List.of(
            Column.uuid(t -> t.job.uuid()),
            Column.text(t -> t.what.event().word()),
            Column.bigint(t -> t.what.place()));

    private static final List<Column<Told>> COLUMNS = List.of(
            KEY.get(0),
            KEY.get(1),
            KEY.get(2),
            Column.text(Told::tenant),
            Column.text(t -> t.job.text()),
            Column.asText(t -> t.what.at()));

    /** What is to be told of a job. */
    public record Told(JobId job, String tenant, Occurrence what) {}

    private WebhookTable() {}

    /** Notes all that the callbacks of these jobs ask for and that has happened; what was noted before stays as it is. */
    public static void note(Connection connection, Collection<JobState> states) throws SQLException {
        List<Told> told = new ArrayList<>();
        for (JobState state : states) {
            Occurrence.of(state).forEach(what -> told.add(new Told(state.id(), state.tenant(), what)));
        }
        if (!told.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
                Column.bind(statement, 1, COLUMNS, told);
                statement.executeUpdate();
            }
        }
    }

    /** Locks what is to be told, until the transaction ends; what somebody else locked is left out. */
    public static List<Told> lockUnsent(Connection connection, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNSENT)) {
            statement.setInt(1, most);
            return read(statement);
        }
    }

    /** What is still to be told of one job. */
    public static List<Told> unsentOf(Connection connection, UUID job) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_JOB)) {
            statement.setObject(1, job);
            return read(statement);
        }
    }

    /** Notes that these were handed on: the log has the jobs that deliver them. */
    public static void sent(Connection connection, List<Told> told) throws SQLException {
        if (!told.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(SENT)) {
                Column.bind(statement, 1, KEY, told);
                statement.executeUpdate();
            }
        }
    }

    /** Keeps what could not be handed on from being taken for a while. */
    public static void putOff(Connection connection, List<Told> told, Duration by) throws SQLException {
        if (!told.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(PUT_OFF)) {
                statement.setLong(1, by.toMillis());
                Column.bind(statement, 2, KEY, told);
                statement.executeUpdate();
            }
        }
    }

    /** Deletes what was told of jobs before an id; gives how many rows went. */
    public static int forget(Connection connection, UUID before, int most) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setObject(1, before);
            statement.setInt(2, most);
            return statement.executeUpdate();
        }
    }

    private static List<Told> read(PreparedStatement query) throws SQLException {
        List<Told> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Occurrence what = new Occurrence(
                        CallbackEvent.valueOf(rows.getString("event").toUpperCase(Locale.ROOT)),
                        rows.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                        rows.getLong("place"));
                JobId job = new JobId(rows.getString("job_id"), rows.getObject("job", UUID.class));
                found.add(new Told(job, rows.getString("tenant"), what));
            }
        }
        return found;
    }
}
