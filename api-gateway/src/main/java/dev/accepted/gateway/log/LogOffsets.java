package dev.accepted.gateway.log;

import dev.accepted.contract.log.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
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

/** Where the log's partitions begin and end, and how far workers have taken them. Blocking; for one thread at a time. */
public final class LogOffsets implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 3_000;

    private final Map<String, Object> settings;
    private @Nullable Admin admin;

    /** @param kafka settings of any client; what an admin client does not know is left out */
    public LogOffsets(Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    }

    private Admin admin() {
        Admin made = admin;
        if (made == null) {
            made = Admin.create(settings);
            admin = made;
        }
        return made;
    }

    /** The names of the topics that are there and wanted. */
    public Set<String> topics(Predicate<String> wanted) throws ExecutionException, InterruptedException {
        return admin().listTopics().names().get().stream().filter(wanted).collect(Collectors.toSet());
    }

    /** The partitions of these topics; without the topics that are not there. */
    public Set<TopicPartition> partitions(Collection<String> topics) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        for (KafkaFuture<TopicDescription> topic :
                admin().describeTopics(topics).topicNameValues().values()) {
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

    /** One offset of each partition; -1 where there is none such. */
    public Map<TopicPartition, Long> offsets(Collection<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                of.stream().collect(Collectors.toMap(partition -> partition, partition -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!wanted.isEmpty()) {
            admin().listOffsets(wanted)
                    .all()
                    .get()
                    .forEach((partition, found) -> offsets.put(partition, found.offset()));
        }
        return offsets;
    }

    /**
     * Where partitions end that have a record left; without the others. Nobody who reads comes to the end of one whose
     * records are all deleted.
     */
    public Map<TopicPartition, Long> endsOfWhatIsLeft(Collection<TopicPartition> of)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> begins = offsets(of, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(of, OffsetSpec.latest());
        ends.entrySet().removeIf(end -> begins.getOrDefault(end.getKey(), 0L) >= end.getValue());
        return ends;
    }

    /** How far the share groups of these queues are; without the partitions that they have not begun with. */
    public Map<TopicPartition, SharePartitionOffsetInfo> taken(Collection<String> queues)
            throws ExecutionException, InterruptedException {
        Map<String, ListShareGroupOffsetsSpec> groups = queues.stream()
                .distinct()
                .collect(Collectors.toMap(Topics::shareGroup, queue -> new ListShareGroupOffsetsSpec()));
        ListShareGroupOffsetsResult listed = admin().listShareGroupOffsets(groups);
        Map<TopicPartition, SharePartitionOffsetInfo> taken = new HashMap<>();
        for (String group : groups.keySet()) {
            try {
                listed.partitionsToOffsetInfo(group).get().forEach((partition, info) -> {
                    if (info != null && info.startOffset() >= 0) {
                        taken.put(partition, info);
                    }
                });
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
        return taken;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
