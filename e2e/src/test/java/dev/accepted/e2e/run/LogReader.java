package dev.accepted.e2e.run;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.LoggedCommand;
import dev.accepted.e2e.history.LoggedEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole log, as anybody could. */
final class LogReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final String OF_JOBS = "jobs.";

    private final KafkaConsumer<byte[], byte[]> consumer;

    LogReader(String brokers) {
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "max.poll.records", 5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Where each partition that has records ends now. */
    Map<TopicPartition, Long> ends() {
        List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
                .filter(topic -> topic.getKey().startsWith(OF_JOBS))
                .flatMap(topic -> topic.getValue().stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.values().removeIf(end -> end == 0);
        return ends;
    }

    /** Notes all that lies in the log now. */
    void readInto(History history) {
        Map<TopicPartition, Long> ends = ends();
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(record -> note(record, history));
        }
    }

    private static void note(ConsumerRecord<byte[], byte[]> record, History history) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        Position at = new Position(record.topic(), record.partition(), record.offset());
        Instant appended = Instant.ofEpochMilli(record.timestamp());
        try {
            switch (record.topic()) {
                case Topics.EVENTS -> history.saw(new LoggedEvent(JobEvent.read(record.value()), at, appended));
                case Topics.DEAD -> history.buried(origin(headers));
                case Topics.CATALOG -> announce(record, history);
                default -> history.saw(new LoggedCommand(CommandHeaders.read(headers), at, appended, text(record)));
            }
        } catch (Undecodable | IOException e) {
            // Poison: it is in the history because of who wrote it, and in jobs.dead if all is well.
        }
    }

    private static void announce(ConsumerRecord<byte[], byte[]> record, History history) throws IOException {
        if (record.value() != null) {
            JobTypeDescriptor type = Wire.JSON.readValue(record.value(), JobTypeDescriptor.class);
            history.mayFail(type.type(), type.retry().maxAttempts());
        }
    }

    private static Position origin(Map<String, String> headers) {
        return new Position(
                headers.getOrDefault("dead_topic", ""),
                Integer.parseInt(headers.getOrDefault("dead_partition", "-1")),
                Long.parseLong(headers.getOrDefault("dead_offset", "-1")));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
