package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Topics;
import dev.accepted.localstack.LocalStack;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine, with the probes on it, against a real broker and a real database. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
class ProbeWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final UuidV7 UUIDS = new UuidV7(Clock.systemUTC(), new SecureRandom());
    private static final IdSeal SEAL =
            new IdSeal(List.of("a key for the tests of probes".getBytes(StandardCharsets.US_ASCII)));

    private final DataSource database;
    private final String executions;
    private final List<JobEvent> seen = new ArrayList<>();
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> events;

    ProbeWorkerTest(DataSource database, @ConfigProperty(name = "probe.execution.log") String executions) {
        this.database = database;
        this.executions = executions;
    }

    @BeforeEach
    void connect() {
        Map<String, Object> client =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
        producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
        events = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = events.partitionsFor(Topics.EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        events.assign(partitions);
        events.seekToEnd(partitions);
        partitions.forEach(events::position);
    }

    @AfterEach
    void disconnect() {
        producer.close();
        events.close();
    }

    @Test
    void aShortJobSendsItsFinalEventAlone() throws Exception {
        JobCommand job = command("probe.noop", 1);
        send(job, "{}");
        JobEvent event = await(job, e -> true);
        assertInstanceOf(Happening.Succeeded.class, event.event());
        assertEquals(1, executions(job));
    }

    @Test
    void aLongerJobSaysThatItHasBegun() throws Exception {
        JobCommand job = command("probe.sleep", 1);
        send(job, "{\"millis\": 400}");
        assertInstanceOf(Happening.Started.class, await(job, e -> true).event());
        assertInstanceOf(
                Happening.Succeeded.class,
                await(job, e -> e.event().endsAttempt()).event());
    }

    @Test
    void aCommandThatComesTwiceRunsOnce() throws Exception {
        JobCommand job = command("probe.noop", 1);
        send(job, "{}");
        await(job, e -> e.event().endsAttempt());
        send(job, "{}");
        JobCommand after = command("probe.noop", 1);
        send(after, "{}");
        await(after, e -> e.event().endsAttempt());
        assertEquals(1, executions(job));
    }

    @Test
    void anOlderAttemptIsRefusedOnceALaterOneWasHad() throws Exception {
        JobCommand second = command("probe.noop", 2);
        send(second, "{}");
        await(second, e -> e.event().endsAttempt());
        JobCommand first = second.withAttempt(1);
        send(first, "{}");
        JobCommand after = command("probe.noop", 1);
        send(after, "{}");
        await(after, e -> e.event().endsAttempt());
        assertEquals(1, executions(second));
    }

    @Test
    void aHandlerThatThrowsFailsTheJobAndSaysWhy() throws Exception {
        JobCommand job = command("probe.fail", 1);
        send(job, "{\"times\": 1}");
        Happening.Failed failed = assertInstanceOf(
                Happening.Failed.class, await(job, e -> e.event().endsAttempt()).event());
        assertEquals(
                "The probe fails in attempt 1, as its input asked.",
                failed.error().detail());
    }

    @Test
    void aJobThatHoldsItsSlotKeepsItsLease() throws Exception {
        JobCommand job = command("probe.hold", 1);
        send(job, "{}");
        await(job, e -> e.event() instanceof Happening.Started);
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT expires_at > now() + interval '5 seconds', ended_at IS NULL FROM lease WHERE job = ?")) {
            query.setObject(1, job.id().uuid());
            try (ResultSet row = query.executeQuery()) {
                assertTrue(row.next());
                assertTrue(row.getBoolean(1));
                assertTrue(row.getBoolean(2));
            }
        }
        cancel(job);
        assertInstanceOf(
                Happening.Cancelled.class,
                await(job, e -> e.event().endsAttempt()).event());
    }

    @Test
    void aRecordThatIsNoCommandStopsNobody() throws Exception {
        producer.send(new ProducerRecord<>(Topics.commands("probe"), "nonsense", new byte[] {1, 2, 3}))
                .get();
        JobCommand job = command("probe.noop", 1);
        send(job, "{}");
        assertInstanceOf(
                Happening.Succeeded.class,
                await(job, e -> e.event().endsAttempt()).event());
    }

    @Test
    void aTypeWithoutHandlerFailsWithThatReason() throws Exception {
        JobCommand job = command("probe.unheard-of", 1);
        send(job, "{}");
        Happening.Failed failed = assertInstanceOf(
                Happening.Failed.class, await(job, e -> e.event().endsAttempt()).event());
        assertTrue(failed.error().detail().contains("probe.unheard-of"));
    }

    private void cancel(JobCommand job) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE lease SET cancel_requested = true WHERE job = ?")) {
            update.setObject(1, job.id().uuid());
            assertEquals(1, update.executeUpdate());
        }
    }

    private static JobCommand command(String type, int attempt) {
        JobId id = SEAL.seal("job", UUIDS.next(), "local");
        return new JobCommand(id, "local", type, "probe", attempt, JobFacts.NONE, null, null);
    }

    private void send(JobCommand command, String input) throws Exception {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(command.topic(), command.id().text(), input.getBytes(StandardCharsets.UTF_8));
        CommandHeaders.write(command)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    private JobEvent await(JobCommand job, Predicate<JobEvent> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            for (JobEvent event : seen) {
                if (event.jobId().equals(job.id().text()) && wanted.test(event)) {
                    return event;
                }
            }
            for (ConsumerRecord<String, byte[]> record : events.poll(Duration.ofMillis(100))) {
                seen.add(JobEvent.read(record.value()));
            }
        }
        throw new AssertionError("No such event of " + job.id() + " within " + PATIENCE + "; seen: " + seen);
    }

    private long executions(JobCommand job) throws Exception {
        try (var lines = Files.lines(Path.of(executions))) {
            return lines.filter(line -> line.startsWith(job.id().text() + " ")).count();
        }
    }
}
