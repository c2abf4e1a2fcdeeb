package dev.accepted.localstack.kafka;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The clients that the system itself uses, with the settings that matter to it. */
final class Client implements AutoCloseable {

    private final String servers;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;

    Client(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all"), new StringSerializer(), new StringSerializer());
    }

    void createTopic(String name, int replicas) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) replicas)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    void send(String topic, String... values) throws Exception {
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, value)).get(60, TimeUnit.SECONDS);
        }
    }

    /** What a member of the share group gets, accepting all of it. */
    List<String> shareAtMost(String topic, String group, int limit) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        ConfigEntry earliest = new ConfigEntry("share.auto.offset.reset", "earliest");
        admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(earliest, AlterConfigOp.OpType.SET))))
                .all()
                .get(30, TimeUnit.SECONDS);
        Map<String, Object> config = Map.of(
                "bootstrap.servers", servers,
                "group.id", group,
                "share.acknowledgement.mode", "implicit",
                "share.acquire.mode", "record_limit",
                "max.poll.records", limit);
        List<String> values = new ArrayList<>();
        try (KafkaShareConsumer<String, String> consumer =
                new KafkaShareConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            Map<?, Optional<?>> failures = Map.copyOf(consumer.commitSync());
            failures.values().forEach(failure -> failure.ifPresent(e -> values.add(e.toString())));
        }
        return values;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
