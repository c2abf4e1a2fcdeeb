package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.store.job.JobTable;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine, with the probes on it, against a real broker and a real database. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
class ProbeWorkerTest {

    private final DataSource database;
    private final String executions;
    private Traffic traffic;

    ProbeWorkerTest(DataSource database, @ConfigProperty(name = "probe.execution.log") String executions) {
        this.database = database;
        this.executions = executions;
    }

    @BeforeEach
    void connect() {
        traffic = new Traffic();
    }

    @AfterEach
    void disconnect() {
        traffic.close();
    }

    @Test
    void aShortJobSendsItsFinalEventAlone() throws Exception {
        JobCommand job = Traffic.command("probe.noop", 1);
        traffic.send(job, "{}");
        JobEvent event = traffic.await(job, e -> true);
        assertInstanceOf(Happening.Succeeded.class, event.event());
        assertEquals(1, executions(job));
    }

    @Test
    void aLongerJobSaysThatItHasBegun() throws Exception {
        JobCommand job = Traffic.command("probe.sleep", 1);
        traffic.send(job, "{\"millis\": 400}");
        assertInstanceOf(Happening.Started.class, traffic.await(job, e -> true).event());
        assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
    }

    @Test
    void aCommandThatComesTwiceRunsOnce() throws Exception {
        JobCommand job = Traffic.command("probe.noop", 1);
        traffic.send(job, "{}");
        traffic.awaitEnd(job);
        traffic.send(job, "{}");
        JobCommand after = Traffic.command("probe.noop", 1);
        traffic.send(after, "{}");
        traffic.awaitEnd(after);
        assertEquals(1, executions(job));
    }

    @Test
    void anOlderAttemptIsRefusedOnceALaterOneWasHad() throws Exception {
        JobCommand second = Traffic.command("probe.noop", 2);
        traffic.send(second, "{}");
        traffic.awaitEnd(second);
        JobCommand first = second.withAttempt(1);
        traffic.send(first, "{}");
        JobCommand after = Traffic.command("probe.noop", 1);
        traffic.send(after, "{}");
        traffic.awaitEnd(after);
        assertEquals(1, executions(second));
    }

    @Test
    void aHandlerThatThrowsIsTriedAgainAfterADrawnDelay() throws Exception {
        JobCommand job = traffic.send(Traffic.command("probe.fail", 1), "{\"times\": 1}");
        Happening.AttemptFailed failed = assertInstanceOf(
                Happening.AttemptFailed.class, traffic.awaitEnd(job).event());
        assertEquals(
                "The probe fails in attempt 1, as its input asked.",
                failed.error().detail());
        long delay = failed.delay().toMillis();
        assertTrue(delay >= 500 && delay <= 1_000, () -> "drawn: " + delay);
        traffic.send(job.withAttempt(2), "{\"times\": 1}");
        traffic.await(job, e -> e.attempt() == 2 && e.event() instanceof Happening.Succeeded);
    }

    @Test
    void aFailureThatSaysItIsPermanentEndsTheJob() throws Exception {
        JobCommand job = traffic.send(Traffic.command("probe.fail", 1), "{\"permanent\": true}");
        assertInstanceOf(Happening.Failed.class, traffic.awaitEnd(job).event());
    }

    @Test
    void aJobThatHoldsItsSlotKeepsItsLease() throws Exception {
        JobCommand job = Traffic.command("probe.hold", 1);
        traffic.send(job, "{}");
        traffic.await(job, e -> e.event() instanceof Happening.Started);
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
        assertInstanceOf(Happening.Cancelled.class, traffic.awaitEnd(job).event());
    }

    @Test
    void aRecordThatIsNoCommandStopsNobody() throws Exception {
        String topic = Topics.commands("probe");
        traffic.sendRaw(new ProducerRecord<>(topic, "nonsense", new byte[] {1, 2, 3}));
        traffic.sendRaw(new ProducerRecord<>(topic, null, null));
        JobCommand job = traffic.send(Traffic.command("probe.noop", 1), "{}");
        assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
    }

    @Test
    void aCommandThatThisFleetDidNotSealIsNotRun() throws Exception {
        JobCommand genuine = Traffic.command("probe.noop", 1);
        JobCommand forged =
                new JobCommand(genuine.id(), "somebody-else", "probe.noop", "probe", 1, genuine.facts(), null, null);
        traffic.send(forged, "{}");
        JobCommand job = traffic.send(Traffic.command("probe.noop", 1), "{}");
        traffic.awaitEnd(job);
        traffic.listen(Duration.ofMillis(500));
        assertEquals(0, executions(forged));
        assertEquals(List.of(), traffic.of(forged));
    }

    @Test
    void aCommandOfAJobThatIsOlderThanJobsAreKeptIsNotRun() throws Exception {
        JobCommand now = Traffic.command("probe.noop", 1);
        Instant longAgo = Instant.now().minus(Duration.ofDays(31));
        JobCommand gone = new JobCommand(
                WorkerStack.seal().seal("job", UuidV7.of(longAgo, new byte[16]), "local"),
                "local",
                "probe.noop",
                "probe",
                1,
                now.facts(),
                null,
                null);
        traffic.send(gone, "{}");
        traffic.awaitEnd(traffic.send(now, "{}"));
        traffic.listen(Duration.ofMillis(500));
        assertEquals(0, executions(gone));
        assertEquals(List.of(), traffic.of(gone));
    }

    @Test
    void aTypeThatNoWorkerKnowsFailsAndItsCommandIsKeptWhole() throws Exception {
        JobCommand job = traffic.send(Traffic.command("probe.unheard-of", 1), "{\"n\": 1}");
        JobEvent end = traffic.awaitEnd(job);
        Happening.Failed failed = assertInstanceOf(Happening.Failed.class, end.event());
        assertEquals(
                "No worker of queue probe knows the job type probe.unheard-of.",
                failed.error().detail());
        ConsumerRecord<String, byte[]> dead = traffic.awaitDead(job);
        assertEquals("{\"n\": 1}", new String(dead.value(), StandardCharsets.UTF_8));
        assertEquals("probe.unheard-of", header(dead, "ce_jobtype"));
        assertEquals(failed.error().detail(), header(dead, "dead_reason"));
        assertEquals(
                String.valueOf(end.command()),
                header(dead, "dead_topic") + "/" + header(dead, "dead_partition") + "/" + header(dead, "dead_offset"));
    }

    @Test
    void aCommandWhoseDeadlineHasPassedIsNotRun() throws Exception {
        JobCommand job = traffic.send(Traffic.command("probe.noop", 1, Instant.EPOCH), "{}");
        assertInstanceOf(Happening.Expired.class, traffic.awaitEnd(job).event());
        assertEquals(0, executions(job));
    }

    @Test
    void aFurtherAttemptPastTheDeadlineIsNotRunEither() throws Exception {
        JobCommand first = Traffic.command("probe.noop", 1, Instant.EPOCH);
        insertBegun(first);
        JobCommand job = traffic.send(first.withAttempt(2), "{}");
        JobEvent end = traffic.awaitEnd(job);
        assertEquals(2, end.attempt());
        Happening.Failed failed = assertInstanceOf(Happening.Failed.class, end.event());
        assertEquals("deadline-exceeded", failed.error().slug());
        assertEquals(0, executions(job));
    }

    @Test
    void aRunningJobIsStoppedAtItsDeadlineAndNotTriedAgain() throws Exception {
        Instant deadline = Instant.now().plusSeconds(2);
        JobCommand job = traffic.send(Traffic.command("probe.hold", 1, deadline), "{}");
        Happening.Failed failed =
                assertInstanceOf(Happening.Failed.class, traffic.awaitEnd(job).event());
        assertEquals("deadline-exceeded", failed.error().slug());
        assertEquals(1, executions(job));
    }

    private void insertBegun(JobCommand job) throws Exception {
        JobState queued = JobState.fold(null, job, new Position(job.topic(), 0, 1));
        Happening failed = new Happening.AttemptFailed(
                "another", Instant.EPOCH, JobError.failed("once"), Duration.ofSeconds(1), Map.of());
        JobEvent event = new JobEvent(job.id().text(), job.tenant(), job.type(), job.queue(), 1, null, failed);
        JobState again = JobState.fold(queued, event, job.id(), new Position(Topics.EVENTS, 0, 1), Instant.EPOCH);
        try (Connection connection = database.getConnection()) {
            JobTable.insert(connection, List.of(again));
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private void cancel(JobCommand job) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE lease SET cancel_requested = true WHERE job = ?")) {
            update.setObject(1, job.id().uuid());
            assertEquals(1, update.executeUpdate());
        }
    }

    private long executions(JobCommand job) throws Exception {
        try (var lines = Files.lines(Path.of(executions))) {
            return lines.filter(line -> line.startsWith(job.id().text() + " ")).count();
        }
    }
}
