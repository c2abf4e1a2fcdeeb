package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.localstack.LocalStack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What the intake relies on when it keeps a batch that cannot be claimed, shown of the broker and its client alone. */
class RenewedRecordsTest {

    /** The broker's shortest; the intake's is the same. */
    private static final Duration LOCK = Duration.ofSeconds(15);

    private static final Duration WAIT = Duration.ofMillis(500);

    @Test
    void aRenewedRecordIsGivenAgainAtOnceAndStaysOursPastItsLockWhileNoFreshOneComes() throws Exception {
        String name = "renewed." + UUID.randomUUID();
        makeTopicAndGroup(name);
        send(name, "first", "second");
        try (KafkaShareConsumer<String, String> queue = consumer(name)) {
            queue.subscribe(List.of(name));
            ConsumerRecord<String, String> kept = one(queue, Duration.ofSeconds(30));
            assertEquals("first", kept.value());
            long end = System.nanoTime() + LOCK.plusSeconds(3).toNanos();
            while (System.nanoTime() < end) {
                queue.acknowledge(kept, AcknowledgeType.RENEW);
                queue.commitSync(WAIT.multipliedBy(4)).values().forEach(e -> assertEquals(Optional.empty(), e));
                long asked = System.nanoTime();
                ConsumerRecord<String, String> again = one(queue, WAIT);
                assertTrue(System.nanoTime() - asked < WAIT.toNanos(), "it comes at once");
                assertEquals(kept.offset(), again.offset());
                assertEquals(Optional.of((short) 1), again.deliveryCount());
                kept = again;
                pass(WAIT);
            }
            queue.acknowledge(kept, AcknowledgeType.ACCEPT);
            queue.commitSync().values().forEach(e -> assertEquals(Optional.empty(), e));
            ConsumerRecord<String, String> next = one(queue, Duration.ofSeconds(10));
            assertEquals("second", next.value());
            queue.acknowledge(next, AcknowledgeType.ACCEPT);
        }
    }

    private static ConsumerRecord<String, String> one(KafkaShareConsumer<String, String> queue, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        ConsumerRecords<String, String> polled = queue.poll(WAIT);
        while (polled.isEmpty() && System.nanoTime() < end) {
            polled = queue.poll(WAIT);
        }
        assertEquals(1, polled.count());
        return polled.iterator().next();
    }

    /** The lock's time has to pass; nothing could be waited for. */
    private static void pass(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void makeTopicAndGroup(String name) throws Exception {
        try (Admin admin = Admin.create(address())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, name);
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.record.lock.duration.ms", Long.toString(LOCK.toMillis())))))
                    .all()
                    .get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static void send(String topic, String... values) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(address(), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value)).get();
            }
        }
    }

    private static KafkaShareConsumer<String, String> consumer(String group) {
        return new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        LocalStack.shared().bootstrapServers(),
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static Map<String, Object> address() {
        return Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    }
}
