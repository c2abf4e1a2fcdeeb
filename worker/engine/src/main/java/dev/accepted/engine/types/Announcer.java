package dev.accepted.engine.types;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.log.Topics;
import dev.accepted.engine.process.EngineConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the queue's topic and share group, and writes this worker's types to {@code jobs.catalog}. */
@Singleton
public class Announcer {

    /** Long enough for a pause of the worker, short enough that a dead one's unclaimed records come back soon. */
    private static final Duration ACQUISITION_LOCK = Duration.ofSeconds(15);

    private final HandlerRegistry handlers;
    private final EngineConfig.Topics topics;
    private final Map<String, Object> client;

    Announcer(
            HandlerRegistry handlers,
            EngineConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.handlers = handlers;
        this.topics = config.topics();
        this.client = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    }

    /** Does all of it; safe to repeat. The catalog's topic is the gateways' to make: until then this fails. */
    public void announce() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client)) {
            admin.describeTopics(List.of(Topics.CATALOG)).allTopicNames().get();
            makeTopic(admin);
            // Without it a new group starts at the log's end and jobs sent before the first worker are never taken.
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup(handlers.queue()));
            admin.incrementalAlterConfigs(Map.of(
                            group,
                            List.of(
                                    set("share.auto.offset.reset", "earliest"),
                                    set("share.record.lock.duration.ms", ACQUISITION_LOCK.toMillis()))))
                    .all()
                    .get();
        }
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        try (Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (Binding binding : handlers.all()) {
                producer.send(record(binding.descriptor())).get();
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(JobTypeDescriptor descriptor) {
        try {
            return new ProducerRecord<>(Topics.CATALOG, descriptor.type(), Wire.JSON.writeValueAsBytes(descriptor));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The descriptor of " + descriptor.type() + " cannot be written", e);
        }
    }

    private void makeTopic(Admin admin) throws ExecutionException, InterruptedException {
        NewTopic topic = new NewTopic(
                        Topics.commands(handlers.queue()), topics.commandPartitions(), topics.replication())
                .configs(Map.of(
                        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        "LogAppendTime",
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        Integer.toString(topics.minIsr()),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false",
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topics.retention().toMillis())));
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static AlterConfigOp set(String name, Object value) {
        return new AlterConfigOp(new ConfigEntry(name, value.toString()), AlterConfigOp.OpType.SET);
    }
}
