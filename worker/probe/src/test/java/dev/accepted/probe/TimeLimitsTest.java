package dev.accepted.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.engine.execution.Assignment;
import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of handlers that do not stop in time, or do not stop at all. */
@QuarkusTest
@WithTestResource(WorkerStack.class)
@TestProfile(TimeLimitsTest.ShortGrace.class)
class TimeLimitsTest {

    private final DataSource database;
    private final RunningJobs running;
    private final JobExecutor executor;
    private final Stubborn stubborn;
    private Traffic traffic;

    /** Gives up sooner. */
    public static final class ShortGrace implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("accepted.worker.grace", "PT1S", "accepted.worker.lease-ttl", "PT3S");
        }
    }

    TimeLimitsTest(DataSource database, RunningJobs running, JobExecutor executor, Stubborn stubborn) {
        this.database = database;
        this.running = running;
        this.executor = executor;
        this.stubborn = stubborn;
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
    void anAttemptPastItsTimeoutHasFailedEvenIfItsHandlerEndsAsIfNothingWere() throws Exception {
        JobCommand job = traffic.send(Traffic.command("test.obedient", 1), "{}");
        Happening.AttemptFailed failed = assertInstanceOf(
                Happening.AttemptFailed.class, traffic.awaitEnd(job).event());
        assertEquals(
                "The attempt ran longer than PT2S, the longest that its type allows, and was stopped.",
                failed.error().detail());
        assertEquals(0, running.leaked());
    }

    @Test
    void aHandlerThatDoesNotStopIsGivenUpAndItsSlotIsGoneUntilItEnds() throws Exception {
        JobCommand job = traffic.send(Traffic.command("test.stubborn", 1), "{}");
        assertInstanceOf(Happening.AttemptFailed.class, traffic.awaitEnd(job).event());
        traffic.await("leak", () -> running.leaked() == 1);
        traffic.await("end of the renewals", () -> is(job, "expires_at < now()"));
        stubborn.release(job.id().text());
        traffic.await("free slot", () -> running.leaked() == 0);
        assertEquals(
                1, traffic.of(job).stream().filter(e -> e.event().endsAttempt()).count());
    }

    @Test
    void aHandlerThatDoesNotHearACancelKeepsItsLeaseUntilItsTimeoutAndTheGrace() throws Exception {
        JobCommand job = begin("{}");
        cancel(job);
        traffic.await("interrupt", () -> stubborn.interrupt(job.id().text()) != null);
        traffic.listen(Duration.ofMillis(1_500));
        assertTrue(is(job, "expires_at > now() + interval '1 second' AND ended_at IS NULL"));
        assertEquals(0, running.leaked());
        assertInstanceOf(Happening.Cancelled.class, traffic.awaitEnd(job).event());
        traffic.await("leak", () -> running.leaked() == 1);
        stubborn.release(job.id().text());
        traffic.await("free slot", () -> running.leaked() == 0);
    }

    @Test
    void aCancelInterruptsWithinTwoSecondsAndAHandlerThatEndsAllTheSameHasSucceeded() throws Exception {
        JobCommand job = begin("{}");
        long asked = System.nanoTime();
        cancel(job);
        traffic.await("interrupt", () -> stubborn.interrupt(job.id().text()) != null);
        Stubborn.Interrupt interrupt = stubborn.interrupt(job.id().text());
        assertNotNull(interrupt);
        assertTrue(interrupt.cancelled());
        assertTrue(interrupt.nanos() - asked < Duration.ofSeconds(2).toNanos());
        stubborn.release(job.id().text());
        assertInstanceOf(Happening.Succeeded.class, traffic.awaitEnd(job).event());
    }

    @Test
    void aCancelledHandlerThatThrowsHasBeenCancelled() throws Exception {
        JobCommand job = begin("{\"fails\": true}");
        cancel(job);
        traffic.await("interrupt", () -> stubborn.interrupt(job.id().text()) != null);
        stubborn.release(job.id().text());
        assertInstanceOf(Happening.Cancelled.class, traffic.awaitEnd(job).event());
    }

    @Test
    void anAttemptWhoseLeaseIsGoneHasLeakedItsSlotUntilItsThreadEnds() throws Exception {
        JobCommand job = begin("{}");
        execute("UPDATE lease SET attempt = 2, holder = gen_random_uuid() WHERE job = ?", job);
        traffic.await("leak", () -> running.leaked() == 1);
        stubborn.release(job.id().text());
        traffic.await("free slot", () -> running.leaked() == 0);
        assertTrue(traffic.of(job).stream().noneMatch(e -> e.event().endsAttempt()));
    }

    @Test
    void whatWasClaimedLongerAgoThanALeaseLivesDoesNotBegin() throws Exception {
        // As when the process was frozen between its claim and its handler: by now another worker may be at the job.
        Assignment overslept =
                claimed(System.nanoTime() - Duration.ofMillis(3_001).toNanos());
        executor.start(overslept);
        Assignment awake = claimed(System.nanoTime());
        executor.start(awake);
        traffic.await("begin", () -> stubborn.hasBegun(awake.command().id().text()));
        traffic.await("letting go", () -> running.of(overslept.held()) == null);
        assertFalse(stubborn.hasBegun(overslept.command().id().text()));
        stubborn.release(awake.command().id().text());
    }

    private static Assignment claimed(long atNanos) {
        JobCommand command = Traffic.command("test.stubborn", 1);
        byte[] input = "{}".getBytes(StandardCharsets.UTF_8);
        var record = new ConsumerRecord<>(command.topic(), 0, 0, command.id().text(), input);
        return new Assignment(command, record, null, 0, false, atNanos, null);
    }

    private JobCommand begin(String input) throws Exception {
        JobCommand job = traffic.send(Traffic.command("test.stubborn", 1), input);
        traffic.await(job, e -> e.event() instanceof Happening.Started);
        return job;
    }

    private void cancel(JobCommand job) throws Exception {
        execute("UPDATE lease SET cancel_requested = true WHERE job = ?", job);
    }

    private void execute(String sql, JobCommand job) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, job.id().uuid());
            assertEquals(1, statement.executeUpdate());
        }
    }

    private boolean is(JobCommand job, String condition) throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT FROM lease WHERE job = ? AND " + condition)) {
            query.setObject(1, job.id().uuid());
            return query.executeQuery().next();
        }
    }
}
