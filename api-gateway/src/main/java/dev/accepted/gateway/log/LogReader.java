package dev.accepted.gateway.log;

import dev.accepted.contract.log.Position;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads single records back from the log, those of one topic in one go. For one thread at a time. */
@Dependent
public class LogReader {

    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    // What is read lies there already. The client asks ahead for what comes behind it, and would wait for that answer
    // before it asks for anything else.
    private static final int LONGEST_WAIT_AT_THE_END_MILLIS = 0;

    private final String bootstrapServers;
    private @Nullable KafkaConsumer<String, byte[]> made;

    LogReader(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Made at the first use: most of those who may have to read something never do. */
    private KafkaConsumer<String, byte[]> consumer() {
        KafkaConsumer<String, byte[]> consumer = made;
        if (consumer == null) {
            consumer = new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                            false,
                            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                            false,
                            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                            "none",
                            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                            LONGEST_WAIT_AT_THE_END_MILLIS,
                            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                            4 * 1024 * 1024,
                            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                            1024 * 1024,
                            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                            2_000),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            made = consumer;
        }
        return consumer;
    }

    /**
     * The records at these places. A topic that cannot be read fails alone: its places are then neither found nor gone.
     *
     * @param atMost for each topic
     */
    public Readback read(Collection<Position> places, Duration atMost) {
        Map<String, Map<TopicPartition, NavigableSet<Long>>> byTopic = new TreeMap<>();
        for (Position place : places) {
            byTopic.computeIfAbsent(place.topic(), topic -> new HashMap<>())
                    .computeIfAbsent(new TopicPartition(place.topic(), place.partition()), p -> new TreeSet<>())
                    .add(place.offset());
        }
        Readback into = new Readback();
        byTopic.forEach((topic, wanted) -> {
            try {
                if (!into.full()) {
                    leaveOutWhatHasNoPartition(topic, wanted);
                    readTopic(wanted, System.nanoTime() + atMost.toNanos(), into);
                }
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                LOG.warnf("%s cannot be read back now: %s", topic, e.getMessage());
            }
        });
        return into;
    }

    /** To ask for a partition that is not there takes until the time is over, and with it that of all others. */
    private void leaveOutWhatHasNoPartition(String topic, Map<TopicPartition, NavigableSet<Long>> wanted) {
        Set<TopicPartition> known = partitions(topic, consumer().partitionsFor(topic));
        if (!known.containsAll(wanted.keySet())) {
            // The client's own view may be older than a partition that was added.
            Set<TopicPartition> there =
                    partitions(topic, consumer().listTopics().getOrDefault(topic, List.of()));
            if (wanted.keySet().retainAll(there)) {
                LOG.warnf("%s has no longer all partitions that jobs point at; those jobs are left as they are", topic);
            }
        }
    }

    private static Set<TopicPartition> partitions(String topic, List<PartitionInfo> infos) {
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toSet());
    }

    private void readTopic(Map<TopicPartition, NavigableSet<Long>> left, long deadline, Readback into) {
        assign(left);
        boolean checked = false;
        while (!left.isEmpty() && !into.full() && System.nanoTime() < deadline) {
            ConsumerRecords<String, byte[]> polled = poll();
            // Nearly always the records are there; only when they are not it is worth to ask why.
            if (polled.isEmpty() && !checked) {
                checked = true;
                dropWhatIsOutside(left, into);
                assign(left);
            }
            for (TopicPartition partition : polled.partitions()) {
                NavigableSet<Long> offsets = left.get(partition);
                if (offsets != null) {
                    take(partition, offsets, polled.records(partition), into);
                    if (offsets.isEmpty()) {
                        left.remove(partition);
                        consumer().pause(List.of(partition));
                    } else if (consumer().position(partition) < offsets.first()) {
                        // Those between two wanted ones may be many and large.
                        consumer().seek(partition, offsets.first());
                    }
                }
            }
        }
    }

    private void assign(Map<TopicPartition, NavigableSet<Long>> left) {
        consumer().assign(left.keySet());
        consumer().resume(left.keySet());
        left.forEach((partition, offsets) -> consumer().seek(partition, offsets.first()));
    }

    /** Nothing where a place lies outside of the log. */
    private ConsumerRecords<String, byte[]> poll() {
        try {
            return consumer().poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            return ConsumerRecords.empty();
        }
    }

    private void dropWhatIsOutside(Map<TopicPartition, NavigableSet<Long>> left, Readback into) {
        Map<TopicPartition, Long> first = consumer().beginningOffsets(left.keySet());
        Map<TopicPartition, Long> end = consumer().endOffsets(left.keySet());
        left.forEach((partition, offsets) -> {
            drop(partition, offsets.headSet(first.getOrDefault(partition, 0L), false), into);
            drop(partition, offsets.tailSet(end.getOrDefault(partition, Long.MAX_VALUE), true), into);
        });
        left.values().removeIf(NavigableSet::isEmpty);
    }

    private static void take(
            TopicPartition partition,
            NavigableSet<Long> offsets,
            List<ConsumerRecord<String, byte[]>> records,
            Readback into) {
        for (ConsumerRecord<String, byte[]> record : records) {
            // What lies before the first record that is still there was compacted or deleted.
            drop(partition, offsets.headSet(record.offset(), false), into);
            if (offsets.remove(record.offset())) {
                into.found().put(place(partition, record.offset()), record);
            }
            if (offsets.isEmpty()) {
                return;
            }
        }
    }

    private static void drop(TopicPartition partition, NavigableSet<Long> offsets, Readback into) {
        offsets.forEach(offset -> into.gone().add(place(partition, offset)));
        offsets.clear();
    }

    private static Position place(TopicPartition partition, long offset) {
        return new Position(partition.topic(), partition.partition(), offset);
    }

    @PreDestroy
    void close() {
        if (made != null) {
            made.close();
        }
    }
}
