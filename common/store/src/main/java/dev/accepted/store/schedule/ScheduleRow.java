package dev.accepted.store.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.schedule.Schedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it stands.
 *
 * @param version the offset of its record
 * @param updatedAt when the log took that
 * @param nextFireAt null: it never fires again
 * @param lastFiredAt the time that its last firing was for
 * @param lastJobId the job that was sent then
 * @param lastError why its last firing sent no job; null if it sent one
 */
public record ScheduleRow(
        Schedule schedule,
        long version,
        Instant updatedAt,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFiredAt,
        @Nullable String lastJobId,
        @Nullable String lastError) {

    static ScheduleRow read(ResultSet row) throws SQLException {
        String digest = row.getString("input_digest");
        Schedule schedule = new Schedule(
                row.getString("tenant"),
                row.getString("name"),
                row.getString("cron"),
                row.getString("zone"),
                row.getString("type"),
                row.getString("input"),
                digest == null ? null : new DataRef(digest, row.getLong("input_size")),
                row.getString("client_reference"),
                tags(row.getString("tags")));
        return new ScheduleRow(
                schedule,
                row.getLong("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                time(row, "next_fire_at"),
                time(row, "last_fired_at"),
                row.getString("last_job_id"),
                row.getString("last_error"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, String> tags(String json) {
        try {
            return Wire.JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Tags that this class wrote do not read", e);
        }
    }
}
