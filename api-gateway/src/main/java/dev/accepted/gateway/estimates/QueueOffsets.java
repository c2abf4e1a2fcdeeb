package dev.accepted.gateway.estimates;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.estimates.QueueSample.Span;
import dev.accepted.gateway.log.LogOffsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;

/** What waits on the queues' topics, as Kafka tells it. Blocking; for one thread. */
final class QueueOffsets implements AutoCloseable {

    private final LogOffsets log;

    QueueOffsets(Map<String, Object> kafka) {
        log = new LogOffsets(kafka);
    }

    /** What no worker has taken, by partition; without the queues whose topic is not there yet. */
    Map<TopicPartition, Span> spans(Set<String> queues) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions =
                log.partitions(queues.stream().map(Topics::commands).toList());
        Map<TopicPartition, Long> ends = log.offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = new HashMap<>();
        log.taken(queues).forEach((partition, info) -> {
            Long end = ends.get(partition);
            if (end != null) {
                starts.put(partition, firstWaiting(info, end));
            }
        });
        Set<TopicPartition> untouched =
                partitions.stream().filter(p -> !starts.containsKey(p)).collect(Collectors.toSet());
        starts.putAll(log.offsets(untouched, OffsetSpec.earliest()));
        Map<TopicPartition, Span> spans = new HashMap<>();
        ends.forEach((partition, end) -> spans.put(partition, new Span(starts.getOrDefault(partition, end), end)));
        return spans;
    }

    // The group's start offset stays behind the records that were accepted out of turn; its lag does not count them.
    private static long firstWaiting(SharePartitionOffsetInfo info, long end) {
        long byLag = info.lag().map(lag -> end - lag).orElse(info.startOffset());
        return Math.min(end, Math.max(info.startOffset(), byLag));
    }

    @Override
    public void close() {
        log.close();
    }
}
