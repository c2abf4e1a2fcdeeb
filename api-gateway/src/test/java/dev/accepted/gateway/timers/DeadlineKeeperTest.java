package dev.accepted.gateway.timers;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class DeadlineKeeperTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");

    @Inject
    JobsInTheLog jobs;

    @Inject
    DeadlineKeeper keeper;

    @Inject
    DataSource database;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Jobs due(Instant deadline) {
        return jobs.send(Workers.REPORT, "local", 1, by(deadline));
    }

    private static JobFacts by(Instant deadline) {
        return new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null);
    }

    private void expires(Jobs job) {
        jobs.until(job, state -> state.status() == Status.EXPIRED);
    }

    @Test
    void whatNobodyBeganBeforeItsDeadlineExpires() throws Exception {
        Jobs job = due(Instant.now().plusMillis(500));
        expires(job);
        given().get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .body("status", is("expired"))
                .body("error.type", containsString("/problems/job-expired"))
                .body("error.detail", is("Its deadline passed before a worker began."));
        assertFalse(jobs.claim(job, 1));
        assertFalse(jobs.isLeased(job));
    }

    @Test
    void whatWaitsForItsNextAttemptFails() throws Exception {
        Jobs job = due(Instant.now().plusSeconds(5));
        assertTrue(jobs.claim(job, 1));
        jobs.tell(
                job,
                1,
                new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofHours(1), Map.of()),
                Status.QUEUED);
        jobs.until(job, state -> state.status() == Status.FAILED);
        given().get("/jobs/" + job.id())
                .then()
                .body("error.type", containsString("/problems/deadline-exceeded"))
                .body("next_attempt_at", is((String) null));
        assertFalse(jobs.hasTimer(job));
        assertFalse(jobs.claim(job, 2));
    }

    @Test
    void whatAWorkerHoldsIsLeftToIt() throws Exception {
        Jobs held = due(Instant.now().plusSeconds(4));
        assertTrue(jobs.claim(held, 1));
        jobs.tell(held, 1, new Happening.Started("worker-1", BEGAN), Status.PROCESSING);
        // Once another has expired that was due a second later, the keeper has passed this one.
        expires(due(Instant.now().plusSeconds(5)));
        assertEquals(Status.PROCESSING, jobs.state(held).status());
        jobs.tell(held, 1, new Happening.AttemptLost("w", BEGAN, "gone", Happening.AttemptLost.Cause.WORKER_GONE));
        jobs.until(held, state -> state.status() == Status.FAILED);
    }

    @Test
    void manyAtOnceAllExpire() {
        Instant deadline = Instant.now().plusSeconds(1);
        List<Jobs> many = IntStream.range(0, 50).mapToObj(n -> due(deadline)).toList();
        many.forEach(this::expires);
    }

    @Test
    void anEndThatWasTakenAndNeverWrittenIsWritten() throws Exception {
        Jobs job = due(Instant.now().plus(Duration.ofHours(1)));
        assertEquals(1, jobs.stopLate(job).size());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE lease SET cancel_requested_at = now() - interval '11 s' WHERE job = '"
                    + job.id().uuid() + "'");
        }
        expires(job);
    }

    @Test
    void whatAnOperatorTakesUpAgainIsNotHeldToItsDeadline() throws Exception {
        Jobs job = due(Instant.now().plusMillis(500));
        expires(job);
        jobs.tell(job, 0, new Happening.Redriven("ops", "the deadline was wrong"), Status.QUEUED);
        expires(due(Instant.now().plusMillis(100)));
        assertEquals(Status.QUEUED, jobs.state(job).status());
        assertTrue(jobs.claim(job, 2));
    }

    @Test
    void whatIsUnfinishedWhenItsTimeIsNearlyOverExpiresWhoeverHoldsIt() throws Exception {
        Instant now = Instant.now();
        Duration kept = Duration.ofDays(30);
        Jobs old = Jobs.of(Workers.REPORT, "local", now.minus(kept).plus(Duration.ofMinutes(50)));
        Jobs held = Jobs.of(Workers.REPORT, "local", now.minus(kept).plus(Duration.ofMinutes(40)));
        Jobs younger = Jobs.of(Workers.REPORT, "local", now.minus(kept).plus(Duration.ofMinutes(90)));
        for (Jobs job : List.of(old, held, younger)) {
            jobs.send(job, 1, JobFacts.NONE);
        }
        assertTrue(jobs.claim(held, 1));
        keeper.endAtHorizon();
        expires(old);
        expires(held);
        assertEquals(Map.of(), jobs.renew(held, 1), "its worker learns that it has lost it");
        assertEquals(Status.QUEUED, jobs.state(younger).status());
    }
}
