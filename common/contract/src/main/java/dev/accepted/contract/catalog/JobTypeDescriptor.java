package dev.accepted.contract.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One job type as its worker announces it: where it is submitted, what its input looks like, how it is run.
 *
 * @param type the type's name, for example {@code report.generate}
 * @param queue the pool that runs it; its commands are on {@code jobs.commands.<queue>}
 * @param title a few words for people, shown in the OpenAPI document
 * @param path the type's own submission path, for example {@code /reports/generate}; null: only {@code POST /jobs}
 * @param idPrefix what its job ids begin with, for example {@code job} or {@code camp}
 * @param idMember the member of the body that carries the id, for example {@code job_id} or {@code campaign_id}
 * @param statusPath where its status is read, with {@code {id}} for the id
 * @param scope the scope a caller with a token needs to submit it and to read it
 * @param anonymous whether clients without a token may submit and read it where the deployment allows such clients
 * @param maxInputBytes the largest input accepted, inclusive
 * @param scheduledTimeMember the input's member that says when to start, if its own path takes one
 * @param counters figures its handler counts, shown in the body from the start with 0
 * @param references the input's members that name reference data
 * @param typicalDuration how long one run takes, for estimates until rates are measured
 * @param timeout the longest one attempt may run
 * @param retry when a failed attempt is followed by another
 * @param inputSchema JSON Schema (2020-12) of the input
 * @param example an input that the schema takes, for documentation
 * @param receipt what a client that wants no more than it needs is told to expect of a job, beside its id, status, counts
 *     and address: members of the body such as {@code position_in_queue}
 * @param internal whether the engine alone sends such jobs: no client submits them, and no list or document shows them
 * @param notCancellable whether a job of this type, once accepted, cannot be cancelled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobTypeDescriptor(
        String type,
        String queue,
        String title,
        @Nullable String path,
        String idPrefix,
        String idMember,
        String statusPath,
        String scope,
        boolean anonymous,
        long maxInputBytes,
        @Nullable String scheduledTimeMember,
        List<String> counters,
        List<ReferenceRule> references,
        Duration typicalDuration,
        Duration timeout,
        RetryPolicy retry,
        JsonNode inputSchema,
        @Nullable JsonNode example,
        List<String> receipt,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean internal,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean notCancellable) {

    private static final List<String> USUAL_RECEIPT = List.of("estimated_completion_time");

    @SuppressWarnings("NullAway") // workers that were built before there were receipts announce none
    public JobTypeDescriptor {
        receipt = receipt == null || receipt.isEmpty() ? USUAL_RECEIPT : List.copyOf(receipt);
    }

    /** A type for clients, whose jobs can be cancelled, with the usual receipt: when its job will have ended. */
    public JobTypeDescriptor(
            String type,
            String queue,
            String title,
            @Nullable String path,
            String idPrefix,
            String idMember,
            String statusPath,
            String scope,
            boolean anonymous,
            long maxInputBytes,
            @Nullable String scheduledTimeMember,
            List<String> counters,
            List<ReferenceRule> references,
            Duration typicalDuration,
            Duration timeout,
            RetryPolicy retry,
            JsonNode inputSchema,
            @Nullable JsonNode example) {
        this(
                type,
                queue,
                title,
                path,
                idPrefix,
                idMember,
                statusPath,
                scope,
                anonymous,
                maxInputBytes,
                scheduledTimeMember,
                counters,
                references,
                typicalDuration,
                timeout,
                retry,
                inputSchema,
                example,
                USUAL_RECEIPT,
                false,
                false);
    }

    /** Where a job of this type is read: {@link #statusPath} with the id filled in. */
    public String statusUrl(String jobId) {
        return statusPath.replace("{id}", jobId);
    }
}
