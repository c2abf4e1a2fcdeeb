package dev.accepted.engine.report;

import dev.accepted.contract.log.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes commands that no worker can run to {@code jobs.dead}: whole, with why and from where. */
@Singleton
public class DeadLetters {

    private static final byte[] NOTHING = {};

    private final EventLog log;

    DeadLetters(EventLog log) {
        this.log = log;
    }

    /** Appends the record; completes when the log has it, on whatever thread the log answers. */
    @SuppressWarnings("NullAway") // a record may be without a value
    public Uni<Void> bury(ConsumerRecord<String, byte[]> record, String why) {
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, "dead_reason", why);
        add(headers, "dead_topic", record.topic());
        add(headers, "dead_partition", Integer.toString(record.partition()));
        add(headers, "dead_offset", Long.toString(record.offset()));
        return log.append(Topics.DEAD, record.key(), headers, record.value() == null ? NOTHING : record.value());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
