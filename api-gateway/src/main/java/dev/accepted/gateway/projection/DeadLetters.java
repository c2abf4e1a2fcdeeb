package dev.accepted.gateway.projection;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.LogWriter;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/** Writes records that nobody can read or fold to {@code jobs.dead}: whole, with why and from where. */
@Singleton
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final LogWriter log;

    DeadLetters(LogWriter log) {
        this.log = log;
    }

    /** Buries a record; returns when it lies in {@code jobs.dead}, for after that it is passed over for ever. */
    void bury(ConsumerRecord<String, byte[]> record, String why) {
        LOG.errorf(
                "%s/%d/%d goes to %s, nobody waits for it: %s",
                record.topic(), record.partition(), record.offset(), Topics.DEAD, why);
        Headers headers = new RecordHeaders(record.headers().toArray());
        add(headers, "dead_reason", why);
        add(headers, "dead_topic", record.topic());
        add(headers, "dead_partition", Integer.toString(record.partition()));
        add(headers, "dead_offset", Long.toString(record.offset()));
        log.append(
                        Topics.DEAD,
                        record.key() == null ? "" : record.key(),
                        headers,
                        record.value() == null ? NOTHING : record.value())
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .await()
                .indefinitely();
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
