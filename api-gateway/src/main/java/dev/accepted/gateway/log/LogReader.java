package dev.accepted.gateway.log;

import dev.accepted.contract.log.Position;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads single records back from the log, those of one partition in one go. For one thread at a time. */
@Dependent
public class LogReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;

    LogReader(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        4 * 1024 * 1024,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        1024 * 1024,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        5_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** The records at these places; one that is not there any more is not in the answer. */
    public Map<Position, ConsumerRecord<String, byte[]>> read(Collection<Position> places, Duration atMost) {
        Map<TopicPartition, SortedSet<Long>> wanted = new HashMap<>();
        for (Position place : places) {
            wanted.computeIfAbsent(new TopicPartition(place.topic(), place.partition()), p -> new TreeSet<>())
                    .add(place.offset());
        }
        Map<Position, ConsumerRecord<String, byte[]>> found = new TreeMap<>();
        wanted.forEach((partition, offsets) -> readOne(partition, offsets, atMost, found));
        return found;
    }

    private void readOne(
            TopicPartition partition,
            SortedSet<Long> offsets,
            Duration atMost,
            Map<Position, ConsumerRecord<String, byte[]>> found) {
        consumer.assign(List.of(partition));
        long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        TreeSet<Long> left = new TreeSet<>(offsets.tailSet(first));
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            // Seek to each in turn: those between two wanted ones may be many and large.
            consumer.seek(partition, left.first());
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL).records(partition)) {
                // What lies before the first record that is still there was compacted or deleted.
                left.headSet(record.offset()).clear();
                if (left.remove(record.offset())) {
                    found.put(new Position(record.topic(), record.partition(), record.offset()), record);
                }
                if (left.isEmpty()) {
                    break;
                }
            }
        }
    }

    @PreDestroy
    void close() {
        consumer.close();
    }
}
