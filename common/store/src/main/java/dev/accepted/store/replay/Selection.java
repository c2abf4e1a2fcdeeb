package dev.accepted.store.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.id.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs an operator means: those for which all of it holds. What is empty or null says nothing.
 *
 * @param error a text in what the job's error says, whatever its case
 * @param tags values by name, all of which a job must have
 * @param ids job ids, as clients see them
 * @param topic where their commands lie
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Selection(
        @Nullable List<String> tenant,
        @Nullable List<String> type,
        @Nullable List<String> queue,
        @Nullable List<String> status,
        @Nullable String error,
        @Nullable Map<String, String> tags,
        @Nullable List<String> ids,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Instant finishedAfter,
        @Nullable Instant finishedBefore,
        @Nullable TopicRange topic) {

    /** Every job. */
    public static final Selection ALL =
            new Selection(null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * A part of a topic.
     *
     * @param partition null for all of them
     * @param fromOffset inclusive
     * @param toOffset inclusive
     * @param fromTime of the record, inclusive
     * @param toTime of the record, exclusive
     * @param spans what that comes to, partition by partition, once somebody has asked the log
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record TopicRange(
            String name,
            @Nullable Integer partition,
            @Nullable Long fromOffset,
            @Nullable Long toOffset,
            @Nullable Instant fromTime,
            @Nullable Instant toTime,
            @Nullable List<Span> spans) {}

    /** Offsets of one partition, {@code before} not among them. */
    public record Span(int partition, long from, long before) {}

    /** The same with what its range of a topic comes to. */
    public Selection within(List<Span> spans) {
        return topic == null
                ? this
                : new Selection(
                        tenant,
                        type,
                        queue,
                        status,
                        error,
                        tags,
                        ids,
                        createdAfter,
                        createdBefore,
                        finishedAfter,
                        finishedBefore,
                        new TopicRange(
                                topic.name,
                                topic.partition,
                                topic.fromOffset,
                                topic.toOffset,
                                topic.fromTime,
                                topic.toTime,
                                List.copyOf(spans)));
    }

    /** The keys of its ids, without what is no id. */
    public List<UUID> keys() {
        return ids == null
                ? List.of()
                : ids.stream()
                        .map(JobId::parse)
                        .flatMap(Optional::stream)
                        .map(JobId::uuid)
                        .toList();
    }

    /** Whether it says nothing, so that it means every job. */
    public boolean saysNothing() {
        return ALL.toJson().equals(toJson());
    }

    /** As the interface shows it and the table keeps it. */
    public String toJson() {
        try {
            return Wire.JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A selection that cannot be written", e);
        }
    }

    static Selection read(String json) {
        try {
            return Wire.JSON.readValue(json, Selection.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The selection of a replay does not read", e);
        }
    }
}
