package dev.accepted.gateway.submission;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.placement.Placement;
import dev.accepted.gateway.problem.Problem;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends commands to the log. Safe for use by many threads; never blocks its caller.
 *
 * <p>Each topic has a lane of its own, so that one that cannot be reached holds up no other. The times below add up to
 * the five seconds a request waits: whoever is refused is refused for good, nothing of it is sent later. Only of what was
 * handed to a broker that does not answer nobody knows what becomes; its refusal says so ({@code maybe_accepted}).
 */
@ApplicationScoped
public class CommandLog {

    /** The longest a record waits for its lane. */
    static final Duration QUEUED_AT_MOST = Duration.ofSeconds(1);

    /** The longest a lane waits for the topic's metadata or for buffer space. */
    private static final Duration BLOCKED_AT_MOST = Duration.ofSeconds(1);

    /** The longest the producer tries, retries included. */
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(3);

    private static final int LARGEST_REQUEST = 1 << 20;

    /** The largest input that travels in a record, whatever is configured: room is left for the headers. */
    static final int LARGEST_INPUT = LARGEST_REQUEST - 128 * 1024;

    private final Map<String, Object> settings;
    private final Placement placement;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private @Nullable Producer<String, byte[]> producer;

    CommandLog(@Identifier("default-kafka-broker") Map<String, Object> kafka, Placement placement) {
        this.placement = placement;
        settings = settings(kafka);
    }

    /** Made at the first use, on a lane: that takes a while, and fails as long as no broker's name resolves. */
    synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings);
        }
        return producer;
    }

    private static Map<String, Object> settings(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "command-log");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_AT_MOST.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DELIVERED_WITHIN.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
        return settings;
    }

    /** Gives up a producer that takes nothing any more; the next use makes another. */
    synchronized void discard(Producer<String, byte[]> broken) {
        if (producer == broken) {
            producer = null;
            broken.close(Duration.ZERO);
        }
    }

    /**
     * Appends a command to its topic, where it is placed.
     *
     * @param input the record's value: the client's bytes, or none where the command has a claim check
     * @return where the log has it, once every in-sync replica does. Fails with a {@link Problem} 503 when the log
     *     cannot be reached within 5 s. Completes on the producer's thread: do nothing there but hand on
     */
    public Uni<Position> append(JobCommand command, byte[] input) {
        OptionalInt placed = placement.partition(command);
        Integer partition = placed.isPresent() ? placed.getAsInt() : null;
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(command.topic(), partition, command.id().text(), input);
        CommandHeaders.write(command)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return append(record);
    }

    /** Appends a record as it is, under the same terms. */
    public Uni<Position> append(ProducerRecord<String, byte[]> record) {
        return Uni.createFrom().emitter(answer -> laneOf(record.topic()).send(record, answer));
    }

    private Lane laneOf(String topic) {
        return lanes.computeIfAbsent(topic, name -> new Lane(name, this));
    }

    @PreDestroy
    synchronized void stop() {
        lanes.values().forEach(Lane::stop);
        if (producer != null) {
            producer.close(DELIVERED_WITHIN);
        }
    }
}
