package dev.accepted.gateway.cancel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.watching.Waits;
import dev.accepted.localstack.TestDatabase;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no cancel, and what comes in its way. */
@GatewayTest
class CancelRefusalTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Caller CALLER = new Caller("local", "test", Set.of("jobs:write"), false);

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
        Workers.announceAll();
    }

    private Jobs queued() {
        return jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|422|validation-error",
                "{\"reason\":5}|422|validation-error",
                "{\"reason\":\"\"}|422|validation-error",
                "{\"because\":\"x\"}|422|validation-error",
                "{\"reason\"|400|malformed-json",
                "{\"reason\":\"a\",\"reason\":\"b\"}|400|json-limits",
            })
    void aBodyThatIsNoneOfACancelIsRefusedAndNothingHappens(String body, int status, String slug) {
        Jobs job = queued();
        given().contentType("application/json")
                .body(body)
                .post("/jobs/" + job.id() + "/cancel")
                .then()
                .statusCode(status)
                .body("type", containsString("/problems/" + slug));
        assertEquals(Status.QUEUED, jobs.state(job).status());
    }

    @Test
    void aBodyIsLabelledAndOfSomeSize() {
        String path = "/jobs/" + queued().id() + "/cancel";
        given().contentType("text/plain").body("please").post(path).then().statusCode(415);
        given().contentType("application/json")
                .body("{\"reason\":\"" + "x".repeat(20_000) + "\"}")
                .post(path)
                .then()
                .statusCode(413);
        given().contentType("application/json")
                .body("{\"reason\":\"" + "x".repeat(501) + "\"}")
                .post(path)
                .then()
                .statusCode(422);
        given().accept("text/html").post(path).then().statusCode(406);
        given().get(path).then().statusCode(405).header("Allow", is("OPTIONS, POST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"reason\":\"a mistake\"}", "{\"reason\":\"nul \\u0000 here\"}"})
    void theReasonIsKeptWithTheJob(String body) {
        Jobs job = queued();
        given().contentType("application/json")
                .body(body)
                .post("/jobs/" + job.id() + "/cancel")
                .then()
                .statusCode(200);
        Attempt entry = jobs.state(job).work().history().get(0);
        assertEquals("cancel-requested", entry.outcome());
        String reason = Workers.json(body).path("reason").textValue();
        assertEquals(reason == null ? null : reason.replace('\0', '\uFFFD'), entry.reason());
    }

    @Test
    void nobodyCancelsWhatIsNotTheirs() {
        Jobs foreign = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
        for (String id : new String[] {foreign.id().text(), "job-1"}) {
            given().post("/jobs/" + id + "/cancel")
                    .then()
                    .statusCode(404)
                    .body("type", containsString("/problems/job-not-found"));
            given().delete("/jobs/" + id).then().statusCode(404);
        }
        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .delete("/jobs/" + foreign.id())
                .then()
                .statusCode(403)
                .body("scope", is("jobs:write"));
        assertEquals(Status.QUEUED, jobs.state(foreign).status());
        given().header("Authorization", Tokens.bearer("acme", "jobs:write"))
                .delete("/jobs/" + foreign.id())
                .then()
                .statusCode(200);
    }

    @Test
    void whatIsGoneCannotBeCancelled() {
        Jobs old = Jobs.of(Workers.REPORT, "local", Instant.now().minus(Duration.ofDays(31)));
        given().delete("/jobs/" + old.id()).then().statusCode(410);
    }

    @Test
    void aRowThatComesALittleLaterIsWaitedFor() throws Exception {
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
        CompletableFuture<Jobs> later = CompletableFuture.supplyAsync(
                () -> jobs.send(job, 1, JobFacts.NONE),
                CompletableFuture.delayedExecutor(1_300, TimeUnit.MILLISECONDS));
        given().delete("/jobs/" + job.id()).then().statusCode(200).body("status", is("cancelled"));
        later.get();
    }

    @Test
    void whatHasNoRowYetIsToBeCancelledLater() {
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
        given().delete("/jobs/" + job.id())
                .then()
                .statusCode(503)
                .time(allOf(greaterThan(1_900L), lessThan(6_000L)))
                .header("Retry-After", is("1"))
                .body("type", containsString("/problems/temporary-reduced-capacity"));
    }

    @Test
    void whileTheLogIsAwayTheCancelIsNotedAndWrittenLater() throws Exception {
        Jobs job = queued();
        Cancellation withoutLog =
                new Cancellation(database, finder, event -> Uni.createFrom().nothing(), waits, answers);
        Problem problem = assertThrows(
                Problem.class,
                () -> withoutLog
                        .cancel(job.id().text(), CALLER, () -> "a mistake")
                        .await()
                        .atMost(PATIENCE));
        assertEquals(503, problem.status());
        assertEquals("5", problem.headers().get("Retry-After"));
        assertTrue(jobs.isLeased(job));

        longAgo(job);
        assertEquals(
                "a mistake",
                jobs.until(job, state -> state.status() == Status.CANCELLED)
                        .work()
                        .history()
                        .get(0)
                        .reason());
    }

    @Test
    void aCancelThatDiedWithItsGatewayIsCarriedOut() throws Exception {
        Jobs job = queued();
        assertTrue(jobs.claim(job, 1));
        assertTrue(jobs.cancel(job, "a mistake").held());
        longAgo(job);
        jobs.until(job, state -> state.status() == Status.CANCELLING);
    }

    @Test
    void withoutTheTableNothingIsCancelled() {
        Jobs job = queued();
        DataSource nowhere = new TestDatabase("jdbc:postgresql://127.0.0.1:1/none", "nobody", "").dataSource();
        Cancellation withoutTable =
                new Cancellation(nowhere, finder, event -> Uni.createFrom().nothing(), waits, answers);
        Problem problem = assertThrows(
                Problem.class,
                () -> withoutTable
                        .cancel(job.id().text(), CALLER, () -> null)
                        .await()
                        .atMost(PATIENCE));
        assertEquals(503, problem.status());
        assertEquals("5", problem.headers().get("Retry-After"));
    }

    private void longAgo(Jobs job) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE lease SET cancel_requested_at = now() - interval '11 s' WHERE job = '"
                    + job.id().uuid() + "'");
        }
    }
}
