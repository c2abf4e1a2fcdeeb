package dev.accepted.gateway.log;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Appends commands, the gateway's own events, and dead records. Safe for use by many threads; never blocks. */
@Singleton
public class LogWriter {

    private static final String SOURCE = "/accepted/gateway";

    /** What the connector takes for no partition. */
    private static final int BY_KEY = -1;

    private final MutinyEmitter<byte[]> records;
    private final UuidV7 ids;
    private final Clock clock;

    LogWriter(
            @Channel("records") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> records,
            UuidV7 ids,
            Clock clock) {
        this.records = records;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Appends a command to the topic it belongs on; gives the place where it lies.
     *
     * @param partition of that topic; empty if the job's id shall decide
     */
    public Uni<Position> append(JobCommand command, byte[] input, OptionalInt partition) {
        Headers headers = headers(CommandHeaders.write(command));
        return append(command.topic(), partition.orElse(BY_KEY), command.id().text(), headers, input);
    }

    /** Appends an event. */
    public Uni<Position> append(JobEvent event) {
        Headers headers = headers(event.headers(ids.next().toString(), SOURCE, clock.instant()));
        return append(Topics.EVENTS, event.jobId(), headers, event.toJson());
    }

    /** Appends a record as it is. */
    public Uni<Position> append(String topic, String key, Headers headers, byte[] value) {
        return append(topic, BY_KEY, key, headers, value);
    }

    private Uni<Position> append(String topic, int partition, String key, Headers headers, byte[] value) {
        OutgoingMessageMetadata<RecordMetadata> acknowledged = new OutgoingMessageMetadata<>();
        OutgoingKafkaRecordMetadata<String> outgoing = OutgoingKafkaRecordMetadata.<String>builder()
                .withTopic(topic)
                .withPartition(partition)
                .withKey(key)
                .withHeaders(headers)
                .build();
        return records.sendMessage(Message.of(value, Metadata.of(outgoing, acknowledged)))
                .map(ok -> {
                    RecordMetadata at = acknowledged.getResult();
                    return new Position(at.topic(), at.partition(), at.offset());
                });
    }

    /**
     * Waits until the log has all of it. Blocks.
     *
     * @param appends what the methods above gave; subscribed to here
     * @throws LogAway if one of them fails, or the time is over; the others may be in the log or come into it
     */
    public static void await(List<Uni<Position>> appends, Duration atMost) throws LogAway {
        if (appends.isEmpty()) {
            return;
        }
        try {
            Uni.join().all(appends).andFailFast().await().atMost(atMost);
        } catch (TimeoutException e) {
            throw new LogAway("Kafka did not acknowledge within " + atMost, e);
        } catch (CompletionException | KafkaException e) {
            Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            throw new LogAway("Kafka did not take it: " + cause.getMessage(), cause);
        }
    }

    private static Headers headers(Map<String, String> named) {
        Headers headers = new RecordHeaders();
        named.forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
