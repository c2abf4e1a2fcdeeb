package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.log.Topics;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.lease.Valve;
import dev.accepted.localstack.LocalStack;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.WorkerTable;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker takes, and what becomes of what it runs, while its queue is paused, it is drained, or PostgreSQL is away. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
@TestProfile(StandstillTest.ShortLeases.class)
class StandstillTest {

    private static final Duration LEASE = Duration.ofSeconds(4);

    private final DataSource database;
    private final RunningJobs running;
    private final Valve valve;
    private final Holder self;
    private final String url;
    private final String executions;
    private Traffic traffic;

    /** So that leases end while the test looks on. */
    public static final class ShortLeases implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "accepted.worker.lease-ttl", LEASE.toString(),
                    "accepted.worker.slots", "4",
                    "accepted.worker.poll-records", "1");
        }
    }

    StandstillTest(
            DataSource database,
            RunningJobs running,
            Valve valve,
            Holder self,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "probe.execution.log") String executions) {
        this.database = database;
        this.running = running;
        this.valve = valve;
        this.self = self;
        this.url = url;
        this.executions = executions;
    }

    @BeforeEach
    void connect() throws Exception {
        traffic = new Traffic();
        traffic.await("open valve", valve::isOpen);
    }

    @AfterEach
    void disconnect() {
        traffic.close();
    }

    @Test
    void aPausedQueueIsNotTakenFromWhileItsJobsGoOn() throws Exception {
        JobCommand held = traffic.send(Traffic.command("probe.hold", 1), "{}");
        traffic.await(held, e -> e.event() instanceof Happening.Started);
        execute("INSERT INTO paused_queue (queue) VALUES ('probe')");
        traffic.await("shut valve", () -> !valve.isOpen());
        traffic.listen(Duration.ofMillis(600)); // the poll that was under way
        JobCommand waiting = traffic.send(Traffic.command("probe.noop", 1), "{}");
        traffic.listen(LEASE.plusSeconds(1));
        assertEquals(0, executions(waiting));
        assertEquals(1, running.all().size());
        assertEquals(1, traffic.of(held).size());
        execute("DELETE FROM paused_queue");
        long resumed = System.nanoTime();
        assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(waiting).event());
        long took = System.nanoTime() - resumed;
        assertTrue(took < Duration.ofSeconds(2).toNanos(), () -> "went on after " + Duration.ofNanos(took));
        execute("UPDATE lease SET cancel_requested = true");
        assertInstanceOf(Happening.Cancelled.class, traffic.awaitEnd(held).event());
    }

    @Test
    void aDrainedWorkerLeavesWhatComesToOthersWhileItsJobsGoOn() throws Exception {
        JobCommand held = traffic.send(Traffic.command("probe.hold", 1), "{}");
        traffic.await(held, e -> e.event() instanceof Happening.Started);
        boolean there = Transaction.run(database, c -> WorkerTable.drain(c, self.holder(), "a bad disk", "ops"));
        assertTrue(there);
        long drained = System.nanoTime();
        traffic.await("shut valve", () -> !valve.isOpen());
        long took = System.nanoTime() - drained;
        assertTrue(took < Duration.ofSeconds(2).toNanos(), () -> "heard of it after " + Duration.ofNanos(took));
        traffic.listen(Duration.ofMillis(600)); // the poll that was under way
        assertAnotherIsGiven(send(20));
        traffic.listen(LEASE.plusSeconds(1));
        assertEquals(1, running.all().size(), "what runs goes on");
        assertEquals(1, traffic.of(held).size());
        boolean wasDrained = Transaction.run(database, c -> WorkerTable.undrain(c, self.holder()));
        assertTrue(wasDrained);
        JobCommand after = traffic.send(Traffic.command("probe.noop", 1), "{}");
        assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(after).event());
        execute("UPDATE lease SET cancel_requested = true WHERE ended_at IS NULL");
        assertInstanceOf(Happening.Cancelled.class, traffic.awaitEnd(held).event());
    }

    @Test
    void withoutPostgresNothingIsTakenOrLostAndWhatRunsIsLetGo() throws Exception {
        JobCommand held = traffic.send(Traffic.command("probe.hold", 1), "{}");
        traffic.await(held, e -> e.event() instanceof Happening.Started);
        List<JobCommand> sent = new ArrayList<>();
        takePostgresAway();
        try {
            traffic.await("shut valve", () -> !valve.isOpen());
            traffic.listen(Duration.ofMillis(600)); // the poll that was under way
            assertAnotherIsGiven(send(20));
            sent.addAll(send(20));
            traffic.await("end of the held job", () -> running.all().isEmpty());
        } finally {
            bringPostgresBack();
        }
        for (JobCommand job : sent) {
            assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
            assertEquals(1, executions(job));
        }
        assertEquals(0, running.leaked());
        assertTrue(traffic.of(held).stream().noneMatch(e -> e.event().endsAttempt()));
    }

    @Test
    void aWorkerWhoseSlotsAreTakenLeavesItsPartitionsToOthers() throws Exception {
        List<JobCommand> held = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            held.add(traffic.send(Traffic.command("probe.hold", 1), "{}"));
        }
        for (JobCommand job : held) {
            traffic.await(job, e -> e.event() instanceof Happening.Started);
        }
        assertAnotherIsGiven(send(20));
        execute("UPDATE lease SET cancel_requested = true WHERE ended_at IS NULL");
        List<JobCommand> sent = send(20);
        for (JobCommand job : sent) {
            assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
            assertEquals(1, executions(job));
        }
    }

    @Test
    void aBatchThatCannotBeClaimedIsKeptAndRunsOnceWhenItCan() throws Exception {
        // Renewals, of nothing, go on, so that the worker polls: PostgreSQL goes away between the poll and the claim.
        execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''away''; END'");
        execute("CREATE TRIGGER refusing BEFORE INSERT ON lease FOR EACH ROW EXECUTE FUNCTION refuse()");
        List<JobCommand> sent = send(5);
        traffic.listen(Duration.ofSeconds(17)); // longer than a record is locked for its taker
        for (JobCommand job : sent) {
            assertEquals(0, executions(job));
        }
        execute("DROP TRIGGER refusing ON lease");
        for (JobCommand job : sent) {
            assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
            assertEquals(1, executions(job));
        }
    }

    private List<JobCommand> send(int jobs) throws Exception {
        List<JobCommand> sent = new ArrayList<>();
        for (int n = 0; n < jobs; n++) {
            sent.add(traffic.send(Traffic.command("probe.noop", 1), "{}"));
        }
        return sent;
    }

    /** Another member of the share group gets them all, for the first time: the worker has not taken any. */
    private static void assertAnotherIsGiven(List<JobCommand> sent) {
        Set<String> missing = new HashSet<>();
        sent.forEach(job -> missing.add(job.id().text()));
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", LocalStack.shared().bootstrapServers(),
                "group.id", Topics.shareGroup("probe"),
                "share.acknowledgement.mode", "explicit");
        try (KafkaShareConsumer<String, byte[]> other =
                new KafkaShareConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            other.subscribe(List.of(Topics.commands("probe")));
            long end = System.nanoTime() + Traffic.PATIENCE.toNanos();
            while (!missing.isEmpty() && System.nanoTime() < end) {
                for (ConsumerRecord<String, byte[]> record : other.poll(Duration.ofMillis(200))) {
                    if (missing.remove(record.key())) {
                        assertEquals((short) 1, record.deliveryCount().orElseThrow());
                    }
                    other.acknowledge(record, AcknowledgeType.ACCEPT);
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    private void takePostgresAway() throws Exception {
        administer("ALTER DATABASE " + databaseName() + " ALLOW_CONNECTIONS false");
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + databaseName() + "'");
    }

    private void bringPostgresBack() throws Exception {
        administer("ALTER DATABASE " + databaseName() + " ALLOW_CONNECTIONS true");
    }

    private String databaseName() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static void administer(String sql) throws Exception {
        try (Connection connection = LocalStack.shared().database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long executions(JobCommand job) throws Exception {
        try (var lines = Files.lines(Path.of(executions))) {
            return lines.filter(line -> line.startsWith(job.id().text() + " ")).count();
        }
    }
}
