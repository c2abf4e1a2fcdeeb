package dev.accepted.contract.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code jobs.events}: what happened to one job. Carries enough of the job that an event folded before its
 * command makes a whole row.
 *
 * @param jobId the job's id as clients see it, also the record's key
 * @param attempt the attempt it tells of; 0 where it is about the job itself
 * @param command where that attempt's command lies
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobEvent(
        String jobId,
        String tenant,
        String type,
        String queue,
        int attempt,
        @Nullable Position command,
        Happening event) {

    private static final String TYPE = "dev.accepted.event.";

    /** The record's CloudEvents headers. */
    public Map<String, String> headers(String eventId, String source, Instant time) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", eventId);
        headers.put("ce_type", TYPE + event.eventName());
        headers.put("ce_source", source);
        headers.put("ce_time", time.toString());
        headers.put("ce_subject", jobId);
        headers.put("content-type", "application/json");
        headers.put("ce_tenant", tenant);
        headers.put("ce_attempt", Integer.toString(attempt));
        return headers;
    }

    /** The record's value. */
    public byte[] toJson() {
        try {
            return Wire.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a record's value. */
    public static JobEvent read(byte @Nullable [] value) throws Undecodable {
        if (value == null || value.length == 0) {
            throw new Undecodable("event without a value");
        }
        JobEvent read;
        try {
            read = Wire.JSON.readValue(value, JobEvent.class);
        } catch (JsonProcessingException e) {
            throw new Undecodable("event does not read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new Undecodable("event does not read", e);
        }
        read.check();
        return read;
    }

    /** The job's id, read. */
    public JobId id() throws Undecodable {
        return JobId.parse(jobId).orElseThrow(() -> new Undecodable("event of no job id: " + jobId));
    }

    @SuppressWarnings("NullAway") // what Jackson read may lack any member
    private void check() throws Undecodable {
        if (jobId == null || tenant == null || type == null || queue == null || event == null || attempt < 0) {
            throw new Undecodable("event lacks job_id, tenant, type, queue or event");
        }
        id();
    }
}
