package dev.accepted.gateway.upkeep;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.LogOffsets;
import dev.accepted.gateway.projection.Refold;
import dev.accepted.store.upkeep.Upkeep.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all that the projection folds, from the beginning to where it is told to stop. For one thread. */
final class WholeLog implements AutoCloseable {

    private static final Pattern PROJECTED = Pattern.compile(Topics.PROJECTED);
    private static final TopicPartition DEAD = new TopicPartition(Topics.DEAD, 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_A_POLL = 5_000;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final LogOffsets offsets;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> begins = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Set<Position> passedOver = new HashSet<>();
    private Map<TopicPartition, Long> targets = Map.of();
    private long deadNext;

    /** @param kafka settings of any client; what a consumer does not know is left out */
    WholeLog(Map<String, Object> kafka) {
        offsets = new LogOffsets(kafka);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_A_POLL);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MOST_BYTES);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MOST_BYTES / 4);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Where each partition ends now that has a record left. */
    Map<TopicPartition, Long> ends() {
        return asked(() -> offsets.endsOfWhatIsLeft(projected()));
    }

    /** Where each partition begins, and when the first record came that is left of those that have lost some. */
    Reach reach() {
        learn(projected());
        Set<TopicPartition> cut = new HashSet<>();
        begins.forEach((partition, begin) -> {
            if (begin > 0) {
                cut.add(partition);
            }
        });
        return new Reach(Map.copyOf(begins), firstTimes(cut));
    }

    private Set<TopicPartition> projected() {
        return asked(() -> offsets.partitions(offsets.topics(PROJECTED.asMatchPredicate())));
    }

    private void learn(Collection<TopicPartition> partitions) {
        Set<TopicPartition> fresh = new HashSet<>(partitions);
        fresh.removeAll(begins.keySet());
        if (fresh.isEmpty()) {
            return;
        }
        // The table may have folded a topic that is not there any more.
        List<String> topics =
                fresh.stream().map(TopicPartition::topic).distinct().toList();
        fresh.retainAll(asked(() -> offsets.partitions(topics)));
        offsets(fresh, OffsetSpec.earliest()).forEach((partition, begin) -> {
            begins.put(partition, begin);
            next.put(partition, begin);
        });
    }

    private Map<TopicPartition, Instant> firstTimes(Set<TopicPartition> of) {
        Map<TopicPartition, Long> ends = offsets(of, OffsetSpec.latest());
        Map<TopicPartition, Long> left = new HashMap<>();
        of.forEach(partition -> {
            if (begins.getOrDefault(partition, 0L) < ends.getOrDefault(partition, 0L)) {
                left.put(partition, begins.getOrDefault(partition, 0L));
            }
        });
        Map<TopicPartition, Instant> times = new HashMap<>();
        while (times.size() < left.size()) {
            Set<TopicPartition> missing = new HashSet<>(left.keySet());
            missing.removeAll(times.keySet());
            consumer.assign(missing);
            missing.forEach(partition -> consumer.seek(partition, left.getOrDefault(partition, 0L)));
            for (ConsumerRecord<String, byte[]> record : poll()) {
                times.putIfAbsent(
                        new TopicPartition(record.topic(), record.partition()),
                        Instant.ofEpochMilli(record.timestamp()));
            }
        }
        return times;
    }

    /**
     * Learns what the projection buried because it could not fold it. It buries before it goes on: what it is past is
     * known by now.
     */
    private void learnPassedOver() {
        if (asked(() -> offsets.topics(Topics.DEAD::equals)).isEmpty()) {
            return;
        }
        long end = offsets(List.of(DEAD), OffsetSpec.latest()).getOrDefault(DEAD, 0L);
        if (deadNext < end) {
            consumer.assign(List.of(DEAD));
            consumer.seek(
                    DEAD,
                    Math.max(
                            deadNext,
                            offsets(List.of(DEAD), OffsetSpec.earliest()).getOrDefault(DEAD, 0L)));
            while (consumer.position(DEAD) < end) {
                poll().forEach(dead -> Refold.passedOver(dead).ifPresent(passedOver::add));
            }
            deadNext = consumer.position(DEAD);
        }
    }

    /** Sets how far is read from now on: up to these offsets, and not with them, where the projection is. */
    void readTo(Map<TopicPartition, Long> these) {
        learn(these.keySet());
        learnPassedOver();
        targets = new HashMap<>(these);
        targets.keySet().retainAll(begins.keySet());
        Set<TopicPartition> open = open();
        consumer.assign(open);
        // What stays assigned stays paused, too.
        consumer.resume(open);
        open.forEach(partition -> consumer.seek(partition, next.getOrDefault(partition, 0L)));
    }

    private Set<TopicPartition> open() {
        Set<TopicPartition> open = new HashSet<>(targets.keySet());
        open.removeIf(partition -> next.getOrDefault(partition, 0L) >= targets.getOrDefault(partition, 0L));
        return open;
    }

    /** How far each partition is read. */
    Map<TopicPartition, Long> places() {
        return Map.copyOf(next);
    }

    /** Reads on from there: what was made of the records behind it is undone. */
    void goBack(Map<TopicPartition, Long> places) {
        next.replaceAll((partition, at) -> places.getOrDefault(partition, begins.getOrDefault(partition, at)));
    }

    /** How many records there are before the targets. */
    long left() {
        return targets.entrySet().stream()
                .mapToLong(target -> Math.max(0, target.getValue() - next.getOrDefault(target.getKey(), 0L)))
                .sum();
    }

    /** How many records were read. */
    long read() {
        return next.entrySet().stream()
                .mapToLong(partition -> partition.getValue() - begins.getOrDefault(partition.getKey(), 0L))
                .sum();
    }

    /**
     * Reads a few records, in the order of each partition, without what the projection passed over.
     *
     * @throws Halted if the log has lost records before they were read
     */
    void take(Consumer<ConsumerRecord<String, byte[]>> taker) {
        for (ConsumerRecord<String, byte[]> record : poll()) {
            long target = targets.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
            if (record.offset() < target
                    && !passedOver.contains(new Position(record.topic(), record.partition(), record.offset()))) {
                taker.accept(record);
            }
        }
        for (TopicPartition partition : open()) {
            long target = targets.getOrDefault(partition, 0L);
            next.put(partition, Math.min(target, consumer.position(partition)));
            if (consumer.position(partition) >= target) {
                consumer.pause(List.of(partition));
            }
        }
    }

    private ConsumerRecords<String, byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new Halted(
                    Status.FAILED,
                    "The log lost its oldest records before they were read. Nothing was changed; it can be started again.");
        }
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> of, OffsetSpec which) {
        return asked(() -> offsets.offsets(of, which));
    }

    /** What asks a broker. */
    private interface Asking<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (ExecutionException e) {
            throw new Halted(
                    Status.FAILED,
                    "Kafka cannot be asked (" + e.getCause() + "). Nothing was changed; it can be started again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Halted.byStop();
        }
    }

    @Override
    public void close() {
        offsets.close();
        consumer.close();
    }
}
