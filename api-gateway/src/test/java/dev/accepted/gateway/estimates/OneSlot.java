package dev.accepted.gateway.estimates;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.localstack.LocalStack;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeasedCommand;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A pool of one slot, worked by hand: takes a job as workers do (poll, claim, accept) and holds it until told. */
final class OneSlot implements AutoCloseable {

    private static final Duration TTL = Duration.ofMinutes(1);

    private final DataSource database;
    private final Holder holder;
    private final KafkaShareConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> events = new KafkaProducer<>(
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
    private final JobTypeDescriptor type;
    private Optional<LeasedCommand> running = Optional.empty();

    OneSlot(DataSource database, JobTypeDescriptor type) throws SQLException {
        this.database = database;
        this.type = type;
        String queue = type.queue();
        this.holder = new Holder(UUID.randomUUID(), "by-hand", queue, 1);
        beginAtTheBeginning(queue);
        this.consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers", LocalStack.shared().bootstrapServers(),
                        "group.id", Topics.shareGroup(queue),
                        "share.acknowledgement.mode", "explicit",
                        "share.acquire.mode", "record_limit",
                        "max.poll.records", "1"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.commands(queue)));
        try (Connection connection = database.getConnection()) {
            LeaseTable.renew(connection, holder, TTL, List.of());
        }
    }

    private static void beginAtTheBeginning(String queue) {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup(queue));
        AlterConfigOp earliest =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(earliest)))
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the next job; returns its id. */
    String take() throws SQLException {
        while (true) {
            for (ConsumerRecord<String, byte[]> polled : consumer.poll(Duration.ofMillis(200))) {
                JobId id = JobId.parse(polled.key()).orElseThrow();
                Position at = new Position(polled.topic(), polled.partition(), polled.offset());
                LeasedCommand command =
                        new LeasedCommand(id.uuid(), id.text(), "local", type.type(), type.queue(), 1, null, at);
                try (Connection connection = database.getConnection()) {
                    LeaseTable.claim(connection, holder, TTL, List.of(command));
                }
                consumer.acknowledge(polled, AcknowledgeType.ACCEPT);
                consumer.commitSync();
                running = Optional.of(command);
                return id.text();
            }
        }
    }

    /** Ends the job, and lets go of it before the fold does. */
    void finish() throws SQLException {
        LeasedCommand job = running.orElseThrow();
        Happening done = new Happening.Succeeded("by-hand", Instant.now(), (JobResult) null, Map.of());
        JobEvent event = new JobEvent(job.jobId(), job.tenant(), job.type(), job.queue(), 1, job.command(), done);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.EVENTS, job.jobId(), event.toJson());
        event.headers("1", "/test", Instant.now())
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try {
            events.send(record).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        try (Connection connection = database.getConnection()) {
            LeaseTable.end(connection, List.of(new Held(job.job(), 1)));
        }
        running = Optional.empty();
    }

    @Override
    public void close() throws SQLException {
        if (running.isPresent()) {
            finish();
        }
        consumer.close();
        events.close();
        try (Connection connection = database.getConnection()) {
            LeaseTable.retire(connection, holder);
        }
    }
}
