package dev.accepted.gateway.schedules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.store.schedule.ScheduleRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A schedule as its client sees it. */
final class ScheduleBody {

    /** The tag that every job of a schedule carries, with the schedule's name. */
    static final String TAG = "schedule";

    private ScheduleBody() {}

    /** With its input, if that is not too large to be shown. */
    static ObjectNode whole(ScheduleRow row) {
        ObjectNode body = of(row);
        Schedule schedule = row.schedule();
        if (schedule.input() != null) {
            body.putRawValue("input", new RawValue(schedule.input()));
        } else if (schedule.dataRef() != null) {
            body.put("input_size_bytes", schedule.dataRef().sizeBytes());
        }
        return body;
    }

    /** As one of many. */
    static ObjectNode of(ScheduleRow row) {
        Schedule schedule = row.schedule();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", schedule.name());
        body.put("cron", schedule.cron());
        body.put("zone", schedule.zone());
        body.put("type", schedule.type());
        put(body, "client_reference", schedule.clientReference());
        if (!schedule.tags().isEmpty()) {
            ObjectNode tags = body.putObject("tags");
            schedule.tags().forEach(tags::put);
        }
        body.put("updated_at", row.updatedAt().toString());
        put(body, "next_fire_at", row.nextFireAt());
        put(body, "last_fired_at", row.lastFiredAt());
        put(body, "last_job_id", row.lastJobId());
        put(body, "last_error", row.lastError());
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable Object value) {
        if (value instanceof Instant || value instanceof String) {
            body.put(name, value.toString());
        }
    }
}
