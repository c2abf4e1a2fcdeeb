package dev.accepted.gateway.estimates;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.estimates.QueueSample.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What waits on the queues' topics, as Kafka tells it. Blocking; for one thread. */
final class QueueOffsets implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3_000;

    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    QueueOffsets(Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    /** What no worker has taken, by partition; without the queues whose topic is not there yet. */
    Map<TopicPartition, Span> spans(Set<String> queues) throws ExecutionException, InterruptedException {
        Admin kafka = admin();
        Set<TopicPartition> partitions = partitions(kafka, queues);
        Map<TopicPartition, Long> ends = offsets(kafka, partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> starts = starts(kafka, queues, ends);
        Set<TopicPartition> untouched =
                partitions.stream().filter(p -> !starts.containsKey(p)).collect(Collectors.toSet());
        starts.putAll(offsets(kafka, untouched, OffsetSpec.earliest()));
        Map<TopicPartition, Span> spans = new HashMap<>();
        ends.forEach((partition, end) -> spans.put(partition, new Span(starts.getOrDefault(partition, end), end)));
        return spans;
    }

    private Admin admin() {
        Admin made = admin;
        if (made == null) {
            made = Admin.create(settings);
            admin = made;
        }
        return made;
    }

    private static Set<TopicPartition> partitions(Admin kafka, Set<String> queues)
            throws ExecutionException, InterruptedException {
        List<String> topics = queues.stream().map(Topics::commands).toList();
        Set<TopicPartition> partitions = new java.util.HashSet<>();
        for (KafkaFuture<TopicDescription> topic :
                kafka.describeTopics(topics).topicNameValues().values()) {
            try {
                TopicDescription found = topic.get();
                found.partitions().forEach(p -> partitions.add(new TopicPartition(found.name(), p.partition())));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return partitions;
    }

    private static Map<TopicPartition, Long> offsets(Admin kafka, Set<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = of.stream().collect(Collectors.toMap(p -> p, p -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!wanted.isEmpty()) {
            kafka.listOffsets(wanted).all().get().forEach((partition, found) -> offsets.put(partition, found.offset()));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> starts(Admin kafka, Set<String> queues, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<String, ListShareGroupOffsetsSpec> groups =
                queues.stream().collect(Collectors.toMap(Topics::shareGroup, queue -> new ListShareGroupOffsetsSpec()));
        ListShareGroupOffsetsResult listed = kafka.listShareGroupOffsets(groups);
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (String group : groups.keySet()) {
            try {
                listed.partitionsToOffsetInfo(group).get().forEach((partition, info) -> {
                    Long end = ends.get(partition);
                    if (end != null && info != null && info.startOffset() >= 0) {
                        starts.put(partition, firstWaiting(info, end));
                    }
                });
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return starts;
    }

    // The group's start offset stays behind the records that were accepted out of turn; its lag does not count them.
    private static long firstWaiting(SharePartitionOffsetInfo info, long end) {
        long byLag = info.lag().map(lag -> end - lag).orElse(info.startOffset());
        return Math.min(end, Math.max(info.startOffset(), byLag));
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
