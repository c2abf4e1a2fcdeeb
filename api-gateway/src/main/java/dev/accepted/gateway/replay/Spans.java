package dev.accepted.gateway.replay;

import dev.accepted.gateway.log.LogOffsets;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.replay.Selection.Span;
import dev.accepted.store.replay.Selection.TopicRange;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the log what a range of a topic comes to, now. Blocks. */
@Singleton
class Spans {

    private final LogOffsets log;

    Spans(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.log = new LogOffsets(kafka);
    }

    @PreDestroy
    void close() {
        log.close();
    }

    /** The selection with what its range comes to: none where the topic or the partition is not there. */
    synchronized Selection settle(Selection selection) throws ExecutionException, InterruptedException {
        TopicRange range = selection.topic();
        if (range == null) {
            return selection;
        }
        Set<TopicPartition> partitions = new HashSet<>(log.partitions(List.of(range.name())));
        if (range.partition() != null) {
            partitions.removeIf(partition -> partition.partition() != range.partition());
        }
        Map<TopicPartition, Long> ends = log.offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> from = at(partitions, range.fromTime(), ends, true);
        Map<TopicPartition, Long> before = at(partitions, range.toTime(), ends, false);
        List<Span> spans = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long end = ends.getOrDefault(partition, 0L);
            long first =
                    Math.max(from.getOrDefault(partition, 0L), range.fromOffset() == null ? 0 : range.fromOffset());
            long last = Math.min(
                    before.getOrDefault(partition, end), range.toOffset() == null ? end : range.toOffset() + 1);
            if (first < Math.min(last, end)) {
                spans.add(new Span(partition.partition(), first, Math.min(last, end)));
            }
        }
        return selection.within(spans);
    }

    /** The first offsets at or after a time; the end where no record is that young. */
    private Map<TopicPartition, Long> at(
            Set<TopicPartition> partitions, @Nullable Instant time, Map<TopicPartition, Long> ends, boolean begin)
            throws ExecutionException, InterruptedException {
        if (time == null) {
            return begin ? Map.of() : ends;
        }
        Map<TopicPartition, Long> found = log.offsets(partitions, OffsetSpec.forTimestamp(time.toEpochMilli()));
        found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
        return found;
    }
}
