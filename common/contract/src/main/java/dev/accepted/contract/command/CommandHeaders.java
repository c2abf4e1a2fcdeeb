package dev.accepted.contract.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.id.JobId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command as CloudEvents headers and back. */
public final class CommandHeaders {

    public static final String TYPE = "dev.accepted.command";

    private static final String SUBJECT = "ce_subject";
    private static final String JOB_TYPE = "ce_jobtype";
    private static final String TENANT = "ce_tenant";
    private static final String QUEUE = "ce_queue";
    private static final String ATTEMPT = "ce_attempt";
    private static final String NOT_BEFORE = "ce_notbefore";
    private static final String DEADLINE = "ce_deadline";
    private static final String CLIENT_REFERENCE = "ce_clientreference";
    private static final String TAGS = "ce_tags";
    private static final String COUNTS = "ce_counts";
    private static final String REFERENCES = "ce_references";
    private static final String BATCH = "ce_batch";
    private static final String CALLBACK = "ce_callback";
    private static final String REPLAY_OF = "ce_replayof";
    private static final String IDEMPOTENCY_KEY = "ce_idempotencykey";
    private static final String DATA_REF = "ce_dataref";
    private static final String DATA_SIZE = "ce_datasize";
    private static final String TRACEPARENT = "traceparent";
    private static final String OBJECT_SCHEME = "object:";

    private CommandHeaders() {}

    /** The headers of a command, in a fixed order. */
    public static Map<String, String> write(JobCommand command) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", command.id().text() + "/" + command.attempt());
        headers.put("ce_type", TYPE);
        headers.put("ce_source", "/accepted/gateway");
        headers.put("ce_time", command.id().createdAt().toString());
        headers.put(SUBJECT, command.id().text());
        headers.put("content-type", "application/json");
        headers.put(TENANT, command.tenant());
        headers.put(JOB_TYPE, command.type());
        headers.put(QUEUE, command.queue());
        headers.put(ATTEMPT, Integer.toString(command.attempt()));
        writeFacts(command.facts(), headers);
        if (command.dataRef() != null) {
            headers.put(DATA_REF, OBJECT_SCHEME + command.dataRef().digest());
            headers.put(DATA_SIZE, Long.toString(command.dataRef().sizeBytes()));
        }
        putIfPresent(headers, TRACEPARENT, command.traceparent());
        putIfPresent(headers, IDEMPOTENCY_KEY, command.idempotencyKey());
        return headers;
    }

    private static void writeFacts(JobFacts facts, Map<String, String> headers) {
        putIfPresent(headers, NOT_BEFORE, facts.scheduledTime());
        putIfPresent(headers, DEADLINE, facts.deadline());
        putIfPresent(headers, CLIENT_REFERENCE, facts.clientReference());
        putIfPresent(headers, REPLAY_OF, facts.replayOf());
        putIfPresent(headers, BATCH, facts.batch());
        putIfFilled(headers, TAGS, facts.tags());
        putIfFilled(headers, COUNTS, facts.counts());
        putIfFilled(headers, REFERENCES, facts.references());
        if (facts.callback() != null) {
            headers.put(CALLBACK, json(CALLBACK, facts.callback()));
        }
    }

    private static void putIfPresent(Map<String, String> headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.put(name, value.toString());
        }
    }

    private static void putIfFilled(Map<String, String> headers, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            headers.put(name, json(name, value));
        }
    }

    private static String json(String name, Object value) {
        try {
            return Wire.JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + name, e);
        }
    }

    /** Whether the headers are those of a command, by their type. */
    public static boolean areThoseOfACommand(Map<String, String> headers) {
        return TYPE.equals(headers.get("ce_type"));
    }

    /** Reads a command back. */
    public static JobCommand read(Map<String, String> headers) throws Undecodable {
        if (!areThoseOfACommand(headers)) {
            throw new Undecodable("not a command: ce_type is " + headers.get("ce_type"));
        }
        String subject = required(headers, SUBJECT);
        JobId id = JobId.parse(subject).orElseThrow(() -> new Undecodable("ce_subject is no job id: " + subject));
        String dataRef = headers.get(DATA_REF);
        return new JobCommand(
                id,
                required(headers, TENANT),
                required(headers, JOB_TYPE),
                required(headers, QUEUE),
                (int) number(headers, ATTEMPT),
                facts(headers),
                dataRef == null ? null : dataRef(dataRef, number(headers, DATA_SIZE)),
                headers.get(TRACEPARENT),
                headers.get(IDEMPOTENCY_KEY));
    }

    private static JobFacts facts(Map<String, String> headers) throws Undecodable {
        return new JobFacts(
                        time(headers, NOT_BEFORE),
                        time(headers, DEADLINE),
                        headers.get(CLIENT_REFERENCE),
                        map(headers, TAGS, new TypeReference<>() {}),
                        map(headers, COUNTS, new TypeReference<>() {}),
                        map(headers, REFERENCES, new TypeReference<>() {}),
                        headers.get(REPLAY_OF))
                .inBatch(headers.get(BATCH))
                .withCallback(callback(headers.get(CALLBACK)));
    }

    private static @Nullable Callback callback(@Nullable String value) throws Undecodable {
        try {
            return value == null ? null : Wire.JSON.readValue(value, Callback.class);
        } catch (JsonProcessingException e) {
            throw new Undecodable("header " + CALLBACK + " does not read: " + e.getOriginalMessage(), e);
        }
    }

    private static DataRef dataRef(String uri, long size) throws Undecodable {
        if (!uri.startsWith(OBJECT_SCHEME)) {
            throw new Undecodable("ce_dataref is of no known store: " + uri);
        }
        return new DataRef(uri.substring(OBJECT_SCHEME.length()), size);
    }

    private static String required(Map<String, String> headers, String name) throws Undecodable {
        String value = headers.get(name);
        if (value == null || value.isEmpty()) {
            throw new Undecodable("header " + name + " is missing");
        }
        return value;
    }

    private static long number(Map<String, String> headers, String name) throws Undecodable {
        String value = required(headers, name);
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && (number <= Integer.MAX_VALUE || name.equals(DATA_SIZE))) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new Undecodable("header " + name + " is no number: " + value, e);
        }
        throw new Undecodable("header " + name + " is out of range: " + value);
    }

    private static @Nullable Instant time(Map<String, String> headers, String name) throws Undecodable {
        String value = headers.get(name);
        try {
            return value == null ? null : Instant.parse(value);
        } catch (DateTimeException e) {
            throw new Undecodable("header " + name + " is no time: " + value, e);
        }
    }

    private static <V> Map<String, V> map(Map<String, String> headers, String name, TypeReference<Map<String, V>> shape)
            throws Undecodable {
        String value = headers.get(name);
        try {
            return value == null ? Map.of() : Wire.JSON.readValue(value, shape);
        } catch (JsonProcessingException e) {
            throw new Undecodable("header " + name + " does not read: " + e.getOriginalMessage(), e);
        }
    }
}
