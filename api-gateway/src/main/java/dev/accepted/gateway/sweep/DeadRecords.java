package dev.accepted.gateway.sweep;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.LogOffsets;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.RecordHeaderText;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What lies in {@code jobs.dead}. Blocking; for one thread at a time. */
@Dependent
class DeadRecords {

    private static final int SHOWN = 20;
    private static final Duration READ = Duration.ofSeconds(5);

    private final LogOffsets offsets;
    private final LogReader reader;

    DeadRecords(@Identifier("default-kafka-broker") Map<String, Object> kafka, LogReader reader) {
        this.offsets = new LogOffsets(kafka);
        this.reader = reader;
    }

    @PreDestroy
    void close() {
        offsets.close();
    }

    /**
     * One of them.
     *
     * @param from where it lay before
     */
    record Dead(
            Instant time, @Nullable String reason, @Nullable String from, String at) {}

    /** Their number, and the last of them, newest first. */
    record Summary(long total, List<Dead> last) {}

    Summary look() throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = offsets.partitions(List.of(Topics.DEAD));
        Map<TopicPartition, Long> begins = offsets.offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets.offsets(partitions, OffsetSpec.latest());
        long total = 0;
        List<Position> places = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, begin);
            total += end - begin;
            for (long offset = Math.max(begin, end - SHOWN); offset < end; offset++) {
                places.add(new Position(partition.topic(), partition.partition(), offset));
            }
        }
        List<Dead> last = reader.read(places, READ).found().values().stream()
                .map(DeadRecords::dead)
                .sorted(Comparator.comparing(Dead::time).reversed())
                .limit(SHOWN)
                .toList();
        return new Summary(total, last);
    }

    private static Dead dead(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = RecordHeaderText.of(record);
        String topic = headers.get("dead_topic");
        return new Dead(
                Instant.ofEpochMilli(record.timestamp()),
                headers.get("dead_reason"),
                topic == null ? null : topic + "/" + headers.get("dead_partition") + "/" + headers.get("dead_offset"),
                record.topic() + "/" + record.partition() + "/" + record.offset());
    }
}
