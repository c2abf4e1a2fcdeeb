package dev.accepted.e2e.scenario;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.Client;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka by a plain client, past the gateways: what an operator or a stranger can do to it. */
final class Log implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofSeconds(2);

    private final KafkaProducer<String, byte[]> producer;

    Log(String brokers) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    /** Appends a record and returns where it lies. */
    Position append(String topic, String key, Map<String, String> headers, byte[] value)
            throws InterruptedException, ExecutionException {
        RecordHeaders raw = new RecordHeaders();
        headers.forEach((name, text) -> raw.add(name, text.getBytes(StandardCharsets.UTF_8)));
        RecordMetadata at = producer.send(new ProducerRecord<>(topic, null, key, value, raw))
                .get();
        return new Position(at.topic(), at.partition(), at.offset());
    }

    @Override
    public void close() {
        producer.close();
    }

    /** Takes some of a queue's commands, from chance places, and appends each once more. */
    static void appendAgain(String brokers, String queue, int copies, RandomGenerator chance) throws Exception {
        List<ConsumerRecord<String, byte[]>> taken = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "max.poll.records", copies),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.commands(queue)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.seek(partition, chance.nextLong(end + 1)));
            consumer.poll(POLL).forEach(taken::add);
        }
        try (Log log = new Log(brokers)) {
            for (ConsumerRecord<String, byte[]> record : taken) {
                var unused = log.producer.send(
                        new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers()));
            }
            log.producer.flush();
        }
    }

    /** Sets the workers' group of a queue back to the first command; waits until Kafka takes the group for empty. */
    static void resetQueue(String brokers, String queue) throws InterruptedException, ExecutionException {
        String topic = Topics.commands(queue);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Map<TopicPartition, Long> start = new HashMap<>();
            for (TopicDescription found :
                    admin.describeTopics(List.of(topic)).allTopicNames().get().values()) {
                found.partitions().forEach(info -> start.put(new TopicPartition(topic, info.partition()), 0L));
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                try {
                    admin.alterShareGroupOffsets(Topics.shareGroup(queue), start)
                            .all()
                            .get();
                    return;
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof GroupNotEmptyException) || System.nanoTime() > deadline) {
                        throw e;
                    }
                    Client.pause(GLANCE);
                }
            }
        }
    }

    /** Waits until every partition of every topic is on as many brokers as it should be. */
    static void awaitAllReplicas(String brokers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!allReplicas(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Replicas are missing after " + PATIENCE);
                }
                Client.pause(GLANCE);
            }
        }
    }

    private static boolean allReplicas(Admin admin) throws InterruptedException {
        try {
            var names = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            Map<String, TopicDescription> topics =
                    admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS);
            return topics.values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(info -> info.isr().size() == info.replicas().size());
        } catch (ExecutionException | java.util.concurrent.TimeoutException notYet) {
            return false;
        }
    }
}
