package dev.accepted.contract.command;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Topics;
import org.jspecify.annotations.Nullable;

/**
 * Says that a job shall run: everything but the input itself, which is the record's value.
 *
 * @param attempt 1 for the first run; 0 for a command that waits in {@code jobs.later}
 * @param dataRef where the input lies if it does not travel in the record
 * @param traceparent W3C trace context of the submission
 * @param idempotencyKey the key that its client sent with it
 */
public record JobCommand(
        JobId id,
        String tenant,
        String type,
        String queue,
        int attempt,
        JobFacts facts,
        @Nullable DataRef dataRef,
        @Nullable String traceparent,
        @Nullable String idempotencyKey) {

    /** A command of a submission without a key. */
    public JobCommand(
            JobId id,
            String tenant,
            String type,
            String queue,
            int attempt,
            JobFacts facts,
            @Nullable DataRef dataRef,
            @Nullable String traceparent) {
        this(id, tenant, type, queue, attempt, facts, dataRef, traceparent, null);
    }

    public JobCommand withAttempt(int next) {
        return new JobCommand(id, tenant, type, queue, next, facts, dataRef, traceparent, idempotencyKey);
    }

    /** The same with its input elsewhere, or again in the record. */
    public JobCommand withDataRef(@Nullable DataRef other) {
        return new JobCommand(id, tenant, type, queue, attempt, facts, other, traceparent, idempotencyKey);
    }

    /** The same with the key that its client sent. */
    public JobCommand withIdempotencyKey(String key) {
        return new JobCommand(id, tenant, type, queue, attempt, facts, dataRef, traceparent, key);
    }

    /** The topic it belongs on. */
    public String topic() {
        return attempt == 0 ? Topics.LATER : Topics.commands(queue);
    }
}
