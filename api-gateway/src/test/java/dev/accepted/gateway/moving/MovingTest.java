package dev.accepted.gateway.moving;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.watching.Waits;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.timer.MovedTimers;
import dev.accepted.store.transaction.Transaction;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job's start is moved as long as it waits, and nobody moves it by mistake. */
@GatewayTest
class MovingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Caller CALLER = new Caller("local", "test", Set.of("jobs:write"), false);
    private static final JobTypeDescriptor TYPE =
            Workers.type("moves.plain", "moves-plain", null, "{\"type\":\"object\"}");

    @Inject
    JobsInTheLog jobs;

    @Inject
    DataSource database;

    @Inject
    JobFinder finder;

    @Inject
    Waits waits;

    @Inject
    JobAnswer answers;

    @BeforeAll
    static void announce() {
        Workers.announceAll(TYPE);
    }

    private static Instant in(Duration from) {
        return Instant.now().plus(from).truncatedTo(ChronoUnit.MILLIS);
    }

    private static JobFacts facts(Instant start, @Nullable Instant deadline) {
        return new JobFacts(start, deadline, null, Map.of(), Map.of(), Map.of(), null);
    }

    private Jobs waiting() {
        return jobs.send(TYPE, "local", 0, facts(in(Duration.ofHours(1)), null));
    }

    private static String body(Object time) {
        return "{\"scheduled_time\":\"" + time + "\"}";
    }

    private static ValidatableResponse move(Jobs job, String ifMatch, String body) {
        return given().contentType("application/json")
                .header("If-Match", ifMatch)
                .body(body)
                .patch("/jobs/" + job.id())
                .then();
    }

    private static long sent(Jobs job) {
        return LogView.of(Topics.commands(TYPE.queue())).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .count();
    }

    @Test
    void aWaitingJobIsMovedAndItsAnswerSaysSo() throws Exception {
        Jobs job = waiting();
        Instant to = in(Duration.ofHours(2));
        move(job, "\"1\"", body(to))
                .statusCode(200)
                .contentType("application/json")
                .header("ETag", "\"2\"")
                .header("Cache-Control", "no-store")
                .body("job_id", is(job.id().text()))
                .body("status", is("queued"))
                .body("scheduled_time", is(to.toString()))
                .body("estimated_start_time", is(to.toString()));
        given().get("/jobs/" + job.id()).then().header("ETag", "\"2\"").body("scheduled_time", is(to.toString()));
        assertTrue(jobs.hasTimer(job));
        assertEquals(to, jobs.state(job).timer().orElseThrow().dueAt());
        given().get("/jobs/" + job.id() + "/timeline")
                .then()
                .body("entries[1].event", is("rescheduled"))
                .body("entries[1].next_attempt_at", is(to.toString()))
                .body("entries[1]", not(hasKey("attempt")))
                .body("entries[1].position.topic", is(Topics.EVENTS));
    }

    @Test
    void aJobMovedToThePastStartsNow() {
        Jobs job = waiting();
        move(job, "*", body("2001-01-01T00:00:00+01:00")).statusCode(200).body("status", notNullValue());
        await().atMost(PATIENCE).until(() -> sent(job) == 1);
        jobs.until(job, state -> state.dispatched() == 1);
        move(job, "*", body(in(Duration.ofHours(1))))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", containsString("/problems/job-already-dispatched"))
                .body("job_status", is("queued"));
    }

    @Test
    void aMergePatchIsTakenToo() {
        given().contentType("application/merge-patch+json; charset=utf-8")
                .header("If-Match", "W/\"7\", \"1\"")
                .body(body(in(Duration.ofHours(3))))
                .patch("/jobs/" + waiting().id())
                .then()
                .statusCode(200);
    }

    @Test
    void withoutIfMatchNothingIsMoved() {
        Jobs job = waiting();
        given().contentType("application/json")
                .body(body(in(Duration.ofHours(2))))
                .patch("/jobs/" + job.id())
                .then()
                .statusCode(428)
                .body("type", containsString("/problems/precondition-required"));
        assertEquals(1, jobs.state(job).version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"0\"", "\"2\"", "W/\"1\"", "1", "\"\""})
    void aTagThatIsNotTheCurrentOneMovesNothingAndTheCurrentOneIsTold(String tag) {
        Jobs job = waiting();
        move(job, tag, body(in(Duration.ofHours(2))))
                .statusCode(412)
                .header("ETag", "\"1\"")
                .body("current_etag", is("\"1\""))
                .body("type", containsString("/problems/precondition-failed"));
        assertEquals(1, jobs.state(job).version());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|422|validation-error",
                "[]|422|validation-error",
                "{\"scheduled_time\":null}|422|validation-error",
                "{\"scheduled_time\":5}|422|validation-error",
                "{\"scheduled_time\":\"tomorrow\"}|422|validation-error",
                "{\"scheduled_time\":\"2026-11-23T20:00:00\"}|422|validation-error",
                "{\"scheduled_time\":\"2999-01-01T00:00:00Z\"}|422|schedule-too-far",
                "{\"scheduled_time\":\"2026-12-23T20:00:00Z\",\"tags\":{}}|422|validation-error",
                "{\"scheduled_time\"|400|malformed-json",
                "''|400|empty-body",
            })
    void aBodyThatIsNoneOfAMoveIsRefused(String body, int status, String slug) {
        Jobs job = waiting();
        move(job, "*", body).statusCode(status).body("type", containsString("/problems/" + slug));
        assertEquals(1, jobs.state(job).version());
    }

    @Test
    void aTimeNotBeforeTheDeadlineIsRefused() {
        Instant deadline = in(Duration.ofHours(2));
        Jobs job = jobs.send(TYPE, "local", 0, facts(in(Duration.ofHours(1)), deadline));
        move(job, "*", body(deadline))
                .statusCode(422)
                .body("type", containsString("/problems/deadline-unreachable"))
                .body("now", notNullValue());
        move(job, "*", body(deadline.minusMillis(1))).statusCode(200);
    }

    @Test
    void aJobMayBeMovedUpToADayBeforeItIsGone() {
        Jobs job = jobs.send(
                Jobs.of(TYPE, "local", Instant.now().minus(Duration.ofDays(10))),
                0,
                facts(in(Duration.ofHours(1)), null));
        Instant last = job.id().createdAt().plus(Duration.ofDays(29));
        move(job, "*", body(last.plusMillis(1)))
                .statusCode(422)
                .body("type", containsString("/problems/schedule-too-far"))
                .body("max", is(last.toString()));
        move(job, "*", body(last)).statusCode(200).body("scheduled_time", is(last.toString()));
    }

    @Test
    void whatHasEndedOrRunsOrFailedOnceIsNotMoved() throws Exception {
        Jobs cancelled = waiting();
        given().delete("/jobs/" + cancelled.id()).then().statusCode(200);
        move(cancelled, "*", body(in(Duration.ofHours(2))))
                .statusCode(409)
                .body("type", containsString("/problems/job-already-finished"))
                .body("job_status", is("cancelled"));
        Jobs running = jobs.send(TYPE, "local", 1, JobFacts.NONE);
        move(running, "*", body(in(Duration.ofHours(2)))).statusCode(409).body("job_status", is("queued"));
        jobs.tell(running, 1, new Happening.Started("w", Instant.now()), Status.PROCESSING);
        move(running, "*", body(in(Duration.ofHours(2)))).statusCode(409).body("job_status", is("processing"));
        jobs.tell(
                running,
                1,
                new Happening.AttemptFailed("w", Instant.now(), JobError.failed("x"), Duration.ofHours(1), Map.of()),
                Status.QUEUED);
        move(running, "*", body(in(Duration.ofHours(2))))
                .statusCode(409)
                .body("type", containsString("/problems/job-already-dispatched"));
    }

    @Test
    void nobodyMovesWhatIsNotTheirs() {
        Jobs foreign = jobs.send(TYPE, "acme", 0, facts(in(Duration.ofHours(1)), null));
        String body = body(in(Duration.ofHours(2)));
        move(foreign, "*", body).statusCode(404).body("type", containsString("/problems/job-not-found"));
        given().contentType("application/json")
                .header("If-Match", "*")
                .header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .body(body)
                .patch("/jobs/" + foreign.id())
                .then()
                .statusCode(403)
                .body("scope", is("jobs:write"));
        assertEquals(1, jobs.state(foreign).version());
        Jobs old = Jobs.of(TYPE, "local", Instant.now().minus(Duration.ofDays(31)));
        move(old, "*", body).statusCode(410);
        given().contentType("text/plain")
                .header("If-Match", "*")
                .body(body)
                .patch("/jobs/x")
                .then()
                .statusCode(415);
    }

    @Test
    void aMoveWhoseGatewayDiedIsToldToTheLogByAnother() throws Exception {
        Jobs job = waiting();
        Instant to = in(Duration.ofHours(2));
        assertEquals(MovedTimers.Outcome.MOVED, moveTimer(job, to));
        assertEquals(MovedTimers.Outcome.BUSY, moveTimer(job, to));
        longAgo(job);
        jobs.until(job, state -> state.version() == 2);
        assertEquals(to, jobs.state(job).timer().orElseThrow().dueAt());
        move(job, "\"2\"", body(in(Duration.ofHours(3)))).statusCode(200);
    }

    @Test
    void whileTheLogIsAwayAMoveIsNotedAndTheJobDoesNotStart() throws Exception {
        Jobs job = waiting();
        Moving withoutLog = new Moving(
                database,
                finder,
                event -> Uni.createFrom().nothing(),
                waits,
                answers,
                Clock.systemUTC(),
                Duration.ofDays(30));
        Problem problem = assertThrows(
                Problem.class,
                () -> withoutLog
                        .move(job.id().text(), CALLER, "\"1\"", Instant.now()::toString)
                        .await()
                        .atMost(PATIENCE));
        assertEquals(503, problem.status());
        assertEquals("5", problem.headers().get("Retry-After"));
        assertEquals(0, sent(job));
        move(job, "\"1\"", body(in(Duration.ofHours(5)))).statusCode(503).header("Retry-After", "1");
        assertEquals(1, jobs.state(job).version());
        longAgo(job);
        await().atMost(PATIENCE).until(() -> sent(job) == 1);
        assertFalse(jobs.hasTimer(job));
        assertEquals("rescheduled", jobs.state(job).work().history().get(0).outcome());
    }

    private MovedTimers.Outcome moveTimer(Jobs job, Instant to) throws SQLException {
        UUID id = job.id().uuid();
        return Transaction.run(database, connection -> {
            JobTable.lock(connection, List.of(id));
            return MovedTimers.move(connection, id, 1, to);
        });
    }

    private void longAgo(Jobs job) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE timer SET moved_at = now() - interval '11 s' WHERE job = '"
                    + job.id().uuid() + "'");
        }
    }
}
