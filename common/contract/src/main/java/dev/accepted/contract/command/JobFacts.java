package dev.accepted.contract.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.accepted.contract.callback.Callback;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a job when it was accepted, and never changes.
 *
 * @param scheduledTime when it is to start, if its client asked for a time ahead
 * @param deadline when it must have ended
 * @param clientReference the client's own name for it
 * @param tags the client's labels
 * @param counts figures known at acceptance, shown in its body, for example {@code recipient_count}
 * @param references reference data pinned in its version, by the input's member
 * @param replayOf the job that an operator runs again as this one
 * @param traceId W3C trace id of its submission; the fold takes it from the command
 * @param batch the batch that it was sent in
 * @param callback whom to tell of it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobFacts(
        @Nullable Instant scheduledTime,
        @Nullable Instant deadline,
        @Nullable String clientReference,
        Map<String, String> tags,
        Map<String, Long> counts,
        Map<String, PinnedReference> references,
        @Nullable String replayOf,
        @Nullable String traceId,
        @Nullable String batch,
        @Nullable Callback callback) {

    private static final int TRACE_ID_AT = 3;
    private static final int TRACE_ID_LENGTH = 32;

    /** Nothing but that it was accepted. */
    public static final JobFacts NONE = new JobFacts(null, null, null, Map.of(), Map.of(), Map.of(), null);

    public JobFacts {
        tags = Map.copyOf(orEmpty(tags));
        counts = Map.copyOf(orEmpty(counts));
        references = Map.copyOf(orEmpty(references));
    }

    /** What a client says of a job. */
    public JobFacts(
            @Nullable Instant scheduledTime,
            @Nullable Instant deadline,
            @Nullable String clientReference,
            Map<String, String> tags,
            Map<String, Long> counts,
            Map<String, PinnedReference> references,
            @Nullable String replayOf) {
        this(scheduledTime, deadline, clientReference, tags, counts, references, replayOf, null, null, null);
    }

    /** The same, of a job that is sent in a batch. */
    public JobFacts inBatch(@Nullable String sentIn) {
        return new JobFacts(
                scheduledTime,
                deadline,
                clientReference,
                tags,
                counts,
                references,
                replayOf,
                traceId,
                sentIn,
                callback);
    }

    /** The same of a job whose client wants to be told nothing. */
    public JobFacts(
            @Nullable Instant scheduledTime,
            @Nullable Instant deadline,
            @Nullable String clientReference,
            Map<String, String> tags,
            Map<String, Long> counts,
            Map<String, PinnedReference> references,
            @Nullable String replayOf,
            @Nullable String traceId) {
        this(scheduledTime, deadline, clientReference, tags, counts, references, replayOf, traceId, null, null);
    }

    /** The same, of a job that somebody is told of. */
    public JobFacts withCallback(@Nullable Callback told) {
        return new JobFacts(
                scheduledTime, deadline, clientReference, tags, counts, references, replayOf, traceId, batch, told);
    }

    /** The same, in the trace that a {@code traceparent} names, if there is one and it reads. */
    public JobFacts tracedBy(@Nullable String traceparent) {
        return traceparent == null || traceparent.length() < TRACE_ID_AT + TRACE_ID_LENGTH
                ? this
                : new JobFacts(
                        scheduledTime,
                        deadline,
                        clientReference,
                        tags,
                        counts,
                        references,
                        replayOf,
                        traceparent.substring(TRACE_ID_AT, TRACE_ID_AT + TRACE_ID_LENGTH),
                        batch,
                        callback);
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }

    /** Reference data in one version: its name, the address of its content in the object store, its entries. */
    public record PinnedReference(String collection, String name, String digest, long count) {}
}
