package dev.accepted.store.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.job.Work;
import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job's state as a row of the table, and back. */
final class JobRow {

    private static final JsonMapper JSON = Wire.JSON.copy();

    static {
        JSON.getFactory().setCharacterEscapes(new WithoutNul());
    }

    static final List<Column<JobState>> COLUMNS = List.of(
            Column.uuid(s -> s.id().uuid()),
            Column.text(s -> s.id().text()),
            Column.text(JobState::tenant),
            Column.text(JobState::type),
            Column.text(JobState::queue),
            Column.text(s -> s.status().word()),
            Column.integer(s -> s.phase().attempt()),
            Column.integer(JobState::version),
            Column.asText(JobState::createdAt),
            Column.asText(s -> s.work().updatedAt()),
            Column.asText(s -> s.work().startedAt()),
            Column.asText(s -> s.finishedAt().orElse(null)),
            Column.asText(s -> s.phase() instanceof Phase.Queued queued ? queued.notBefore() : null),
            Column.text(s -> s.facts() == null ? null : word(s.facts().clientReference())),
            Column.integer(JobState::dispatched),
            Column.text(s -> s.command() == null ? null : s.command().topic()),
            Column.integer(s -> s.command() == null ? null : s.command().partition()),
            Column.bigint(s -> s.command() == null ? null : s.command().offset()),
            Column.bigint(JobState::eventOffset),
            Column.integer(JobState::applied),
            Column.integer(JobState::fenced),
            Column.text(s -> json(s.facts())),
            Column.text(s -> json(Notes.of(s))),
            Column.text(s -> json(s.work().checkpoint())),
            Column.text(s -> s.phase() instanceof Phase.Ended ended ? json(ended.result()) : null),
            Column.text(s -> s.phase() instanceof Phase.Ended ended ? json(ended.error()) : null),
            Column.asText(s -> s.deadline().orElse(null)));

    private JobRow() {}

    static JobState read(ResultSet row) throws SQLException {
        JobId id = new JobId(string(row, "job_id"), row.getObject("id", UUID.class));
        String commandTopic = row.getString("command_topic");
        Notes notes = value(row, "work", Notes.class);
        return new JobState(
                id,
                string(row, "tenant"),
                string(row, "type"),
                string(row, "queue"),
                value(row, "facts", JobFacts.class),
                row.getInt("dispatched"),
                commandTopic == null
                        ? null
                        : new Position(commandTopic, row.getInt("command_partition"), row.getLong("command_offset")),
                phase(row, notes),
                work(row, notes),
                row.getLong("event_offset"),
                row.getInt("applied"),
                row.getInt("fenced"));
    }

    private static Phase phase(ResultSet row, @Nullable Notes notes) throws SQLException {
        int attempt = row.getInt("attempt");
        Status status = Status.ofWord(string(row, "status")).orElseThrow();
        return switch (status) {
            case QUEUED ->
                new Phase.Queued(attempt, time(row, "next_attempt_at"), notes == null ? null : notes.heldBy());
            case PROCESSING -> new Phase.Processing(attempt);
            case CANCELLING -> new Phase.Cancelling(attempt);
            default ->
                new Phase.Ended(
                        status,
                        attempt,
                        row.getObject("finished_at", OffsetDateTime.class).toInstant(),
                        value(row, "result", JobResult.class),
                        value(row, "error", JobError.class));
        };
    }

    private static Work work(ResultSet row, @Nullable Notes notes) throws SQLException {
        JsonNode checkpoint = value(row, "checkpoint", JsonNode.class);
        return (notes == null ? Notes.NONE : notes)
                .toWork(time(row, "started_at"), time(row, "updated_at"), checkpoint);
    }

    /** Absent rather than empty, as in the JSON of the facts. */
    private static @Nullable String word(@Nullable String text) {
        return text == null || text.isEmpty() ? null : WithoutNul.of(text);
    }

    private static String string(ResultSet row, String column) throws SQLException {
        return row.getString(column);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static <V> @Nullable V value(ResultSet row, String column, Class<V> type) throws SQLException {
        String json = row.getString(column);
        try {
            return json == null ? null : Wire.JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("Column " + column + " of job " + row.getString("job_id") + " does not read", e);
        }
    }

    private static @Nullable String json(@Nullable Object value) {
        try {
            return value == null ? null : JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A state that cannot be written: " + e.getOriginalMessage(), e);
        }
    }
}
