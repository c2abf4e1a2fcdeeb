package dev.accepted.gateway.cancel;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Happening.AttemptLost.Cause;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.lease.LeaseTable.Held;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job in every state in which it may be cancelled. */
@GatewayTest
class CancelTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");

    @Inject
    JobsInTheLog jobs;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @Test
    void aQueuedJobIsCancelledAtOnceAndNoWorkerGetsIt() throws Exception {
        Jobs job = queued();
        cancel(job)
                .statusCode(200)
                .contentType("application/json")
                .header("ETag", "\"2\"")
                .header("Cache-Control", "no-store")
                .header("Retry-After", nullValue())
                .body("job_id", is(job.id().text()))
                .body("status", is("cancelled"))
                .body("done", is(true))
                .body("finished_at", notNullValue());
        assertFalse(jobs.claim(job, 1));
        assertFalse(jobs.isLeased(job));
    }

    @Test
    void whatWasCancelledIsAnsweredTheSameAgain() {
        Jobs job = queued();
        String first = cancel(job).statusCode(200).extract().asString();
        assertEquals(first, cancel(job).statusCode(200).extract().asString());
        assertEquals(
                first,
                given().delete("/jobs/" + job.id())
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        assertEquals(1, events(job, "cancel-requested").size());
    }

    @Test
    void aScheduledJobIsCancelledAndItsTimerIsDropped() throws Exception {
        Instant later = Instant.now().plus(Duration.ofHours(1));
        JobFacts facts = new JobFacts(later, null, null, Map.of(), Map.of(), Map.of(), null);
        Jobs job = jobs.send(Workers.REPORT, "local", 0, facts);
        assertTrue(jobs.hasTimer(job));
        cancel(job).statusCode(200).body("status", is("cancelled"));
        assertFalse(jobs.hasTimer(job));
    }

    @Test
    void aJobThatWaitsForItsNextAttemptIsCancelled() throws Exception {
        Jobs job = running();
        jobs.tell(
                job,
                1,
                new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofHours(1), Map.of()),
                Status.QUEUED);
        assertTrue(jobs.hasTimer(job));
        cancel(job).statusCode(200).body("status", is("cancelled"));
        assertFalse(jobs.hasTimer(job));
        assertFalse(jobs.claim(job, 2));
    }

    @Test
    void aRunningJobIsCancellingUntilItsWorkerStops() throws Exception {
        Jobs job = running();
        Held held = new Held(job.id().uuid(), 1);
        assertEquals(Map.of(held, false), jobs.renew(job, 1));
        cancel(job)
                .statusCode(202)
                .header("ETag", "\"3\"")
                .header("Retry-After", notNullValue())
                .body("status", is("cancelling"))
                .body("done", is(false));
        assertEquals(Map.of(held, true), jobs.renew(job, 1));
        cancel(job).statusCode(202).header("ETag", "\"3\"").body("status", is("cancelling"));
        assertEquals(1, events(job, "cancel-requested").size());

        jobs.tell(job, 1, new Happening.Cancelled("worker-1", BEGAN), Status.CANCELLED);
        assertEquals(Map.of(), jobs.renew(job, 1));
        cancel(job).statusCode(200).body("status", is("cancelled"));
    }

    @Test
    void aJobWhoseWorkerGoesAwayAfterTheCancelIsNotSentAgain() throws Exception {
        Jobs job = running();
        cancel(job).statusCode(202);
        jobs.tell(job, 1, new Happening.AttemptLost("w", null, "gone", Cause.WORKER_GONE), Status.CANCELLED);
        assertFalse(jobs.hasTimer(job));
        assertFalse(jobs.claim(job, 2));
    }

    @Test
    void aJobWhoseWorkerHasGoneIsCancelledAtOnce() throws Exception {
        Jobs job = running();
        jobs.tell(job, 1, new Happening.AttemptLost("w", null, "gone", Cause.WORKER_GONE), Status.QUEUED);
        cancel(job).statusCode(200).body("status", is("cancelled"));
        assertFalse(jobs.claim(job, 2));
    }

    @Test
    void aWorkThatEndsAfterTheCancelIsNotTaken() throws Exception {
        Jobs job = running();
        cancel(job).statusCode(202);
        jobs.tell(job, 1, new Happening.Succeeded("w", BEGAN, Jobs.RESULT, Map.of()), Status.CANCELLED);
        given().get("/jobs/" + job.id()).then().body("result", nullValue());
    }

    @Test
    void aWorkWhoseEndIsInTheLogBeforeTheCancelStays() throws Exception {
        Jobs job = running();
        jobs.tell(job, 1, new Happening.Succeeded("w", BEGAN, Jobs.RESULT, Map.of()));
        cancel(job)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", containsString("/problems/job-already-finished"))
                .body("job_status", is("succeeded"));
        assertEquals(Status.SUCCEEDED, jobs.state(job).status());
        await().untilAsserted(() -> assertFalse(jobs.isLeased(job)));
    }

    @Test
    void aFinishedJobStaysAsItIs() throws Exception {
        Jobs job = running();
        jobs.tell(job, 1, new Happening.Failed("w", BEGAN, JobError.failed("x"), Map.of()), Status.FAILED);
        cancel(job).statusCode(409).body("job_status", is("failed"));
        given().delete("/jobs/" + job.id()).then().statusCode(409);
        assertFalse(jobs.isLeased(job));
    }

    @Test
    void aCampaignIsDeletedByItsId() {
        Jobs job = jobs.send(Workers.CAMPAIGN, "local", 1, JobFacts.NONE);
        String path = "/jobs/" + job.id();
        given().delete(path).then().statusCode(401);
        given().header("Authorization", Tokens.bearer("local", "jobs:write jobs:read"))
                .delete(path)
                .then()
                .statusCode(403)
                .body("scope", is("campaigns:write"));
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .delete(path)
                .then()
                .statusCode(200)
                .body("campaign_id", is(job.id().text()))
                .body("status", is("cancelled"));
    }

    @Test
    void theLogAloneTellsTheSame() throws Exception {
        Jobs job = running();
        cancel(job).statusCode(202);
        jobs.tell(job, 1, new Happening.Cancelled("worker-1", BEGAN), Status.CANCELLED);
        JobState row = jobs.state(job);
        assertEquals(row.phase(), replayed(job, row).phase());
        assertEquals(row.version(), replayed(job, row).version());
    }

    /** The events folded again, upon what the table knows of the command. */
    private static JobState replayed(Jobs job, JobState row) throws Undecodable {
        JobState state = job.accepted(row.facts() == null ? JobFacts.NONE : row.facts());
        for (LogView.Entry entry : events(job, "")) {
            state = job.then(
                    state,
                    1,
                    row.finishedAt().orElseThrow(),
                    JobEvent.read(entry.value()).event());
        }
        return state;
    }

    private static ValidatableResponse cancel(Jobs job) {
        return given().post("/jobs/" + job.id() + "/cancel").then();
    }

    private Jobs queued() {
        return jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
    }

    private Jobs running() throws Exception {
        Jobs job = queued();
        assertTrue(jobs.claim(job, 1));
        jobs.tell(job, 1, new Happening.Started("worker-1", BEGAN), Status.PROCESSING);
        return job;
    }

    private static List<LogView.Entry> events(Jobs job, String name) {
        return LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .filter(entry -> entry.headers().getOrDefault("ce_type", "").endsWith(name))
                .toList();
    }
}
