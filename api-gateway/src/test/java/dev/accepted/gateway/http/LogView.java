package dev.accepted.gateway.http;

import dev.accepted.contract.log.Position;
import dev.accepted.localstack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What the log has. */
public final class LogView {

    private static final Pattern COMMANDS = Pattern.compile("jobs\\.(commands\\..+|later)");

    private LogView() {}

    /** A record as a test sees it. */
    public record Entry(Position at, String key, byte[] value, Map<String, String> headers, Instant appendedAt) {

        public String topic() {
            return at.topic();
        }
    }

    /** The command of a job, if the log has exactly one. */
    public static Optional<Entry> commandOf(String jobId) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : commands()) {
            if (entry.key().equals(jobId)) {
                found.add(entry);
            }
        }
        if (found.size() > 1) {
            throw new IllegalStateException(jobId + " was sent " + found.size() + " times");
        }
        return found.stream().findFirst();
    }

    /** Every command there is. */
    public static List<Entry> commands() {
        return commands(LocalStack.shared().bootstrapServers());
    }

    /** Every record of a topic. */
    public static List<Entry> of(String topic) {
        return read(LocalStack.shared().bootstrapServers(), Pattern.compile(Pattern.quote(topic)));
    }

    /** Every record of every topic of jobs. */
    public static List<Entry> everything() {
        return read(LocalStack.shared().bootstrapServers(), Pattern.compile("jobs\\..+"));
    }

    /** Every command that a broker has. */
    public static List<Entry> commands(String bootstrapServers) {
        return read(bootstrapServers, COMMANDS);
    }

    private static List<Entry> read(String bootstrapServers, Pattern topics) {
        if (bootstrapServers.equals(LocalStack.shared().bootstrapServers())) {
            return Shared.LOG.entries(topics);
        }
        try (FollowedLog log = new FollowedLog(bootstrapServers)) {
            return log.entries(topics);
        }
    }

    /** Made at the first look. */
    private static final class Shared {
        private static final FollowedLog LOG =
                new FollowedLog(LocalStack.shared().bootstrapServers());
    }

    static Entry entry(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Entry(
                new Position(record.topic(), record.partition(), record.offset()),
                record.key(),
                record.value(),
                headers,
                Instant.ofEpochMilli(record.timestamp()));
    }
}
