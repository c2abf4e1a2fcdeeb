package dev.accepted.gateway.http;

import dev.accepted.gateway.http.LogView.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A log that is read once: each look takes up what has come since the last. What the tests of one JVM write grows to
 * hundreds of thousands of records, and each of them looks dozens of times. Safe for use by many threads.
 */
final class FollowedLog implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, List<Entry>> read = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();

    FollowedLog(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                // Some tests delete records.
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Every record of these topics, up to the ends that they have now. */
    synchronized List<Entry> entries(Pattern topics) {
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topics.matcher(topic.getKey()).matches())
                .flatMap(topic -> topic.getValue().stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        readOn(partitions);
        List<Entry> entries = new ArrayList<>();
        partitions.forEach(partition -> entries.addAll(read.getOrDefault(partition, List.of())));
        return entries;
    }

    private void readOn(List<TopicPartition> partitions) {
        // All of them, also those without news: the client complains of ends that it is told of others.
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                read.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), first -> new ArrayList<>())
                        .add(LogView.entry(record));
            }
        }
        partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
