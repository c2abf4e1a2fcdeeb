package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.watching.Places;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that waits for news instead of asking again and again. */
@GatewayTest
class LongPollTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final Happening STARTED = new Happening.Started("worker-1", BEGAN);
    private static final Happening SUCCEEDED = new Happening.Succeeded("worker-1", BEGAN, Jobs.RESULT, Map.of());

    @Inject
    JobsInTheLog jobs;

    @Inject
    Places places;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Jobs report() {
        return jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
    }

    private static ValidatableResponse poll(String path, String prefer, String ifNoneMatch) {
        return given().headers(ifNoneMatch.isEmpty() ? Map.of() : Map.of("If-None-Match", ifNoneMatch))
                .header("Prefer", prefer)
                .get(path)
                .then();
    }

    /** Asks, lets something happen once somebody waits, and gives the answer. */
    private ValidatableResponse news(Jobs job, String ifNoneMatch, Happening happening) throws Exception {
        int free = places.free();
        CompletableFuture<ValidatableResponse> answer =
                CompletableFuture.supplyAsync(() -> poll("/jobs/" + job.id(), "wait=29", ifNoneMatch));
        await().atMost(Duration.ofSeconds(20)).until(() -> places.free() < free || answer.isDone());
        jobs.tell(job, 1, happening);
        ValidatableResponse response = answer.get(40, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(20)).until(() -> places.free() == free);
        return response;
    }

    @Test
    void newsAreAnsweredWhenTheyCome() throws Exception {
        Jobs job = report();
        news(job, "\"1\"", STARTED)
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Preference-Applied", "wait=29")
                .header("Vary", "Prefer, Authorization")
                .header("Retry-After", notNullValue())
                .body("status", is("processing"))
                .body("version", is(2));
        news(job, "\"2\"", new Happening.Progressed("w", BEGAN, new Progress(40, "charts"), Map.of(), null))
                .statusCode(200)
                .header("ETag", "\"3\"")
                .body("progress.percent", is(40));
        news(job, "\"3\"", SUCCEEDED)
                .statusCode(200)
                .header("ETag", "\"4\"")
                .header("Retry-After", nullValue())
                .body("status", is("succeeded"));
    }

    @Test
    void whoKnowsNothingIsAnsweredWhenAnythingChanges() throws Exception {
        news(report(), "", STARTED).statusCode(200).header("ETag", "\"2\"");
    }

    @Test
    void whoKnowsSomethingElseIsAnsweredAtOnce() {
        poll("/jobs/" + report().id(), "wait=30", "\"7\"").statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void withoutNewsTheOldIsConfirmedAtTheEndOfTheTime() {
        String path = "/jobs/" + report().id();
        long began = System.nanoTime();
        poll(path, "wait=1", "\"1\"")
                .statusCode(304)
                .header("ETag", "\"1\"")
                .header("Preference-Applied", "wait=1")
                .body(is(""));
        poll(path, "wait=1", "").statusCode(200).header("ETag", "\"1\"").body("status", notNullValue());
        assertTrue(System.nanoTime() - began >= Duration.ofSeconds(2).toNanos());
    }

    @Test
    void nobodyWaitsForNewsOfAJobThatHasEndedUnlessToldToBeKept() throws Exception {
        Jobs job = report();
        jobs.tell(job, 1, SUCCEEDED, Status.SUCCEEDED);
        poll("/jobs/" + job.id(), "wait=30", "").statusCode(200).body("done", is(true));
        poll("/jobs/" + job.id(), "wait=1", "\"2\"").statusCode(304);
    }

    @Test
    void aTypesOwnStatusPathWaitsAsWell() throws Exception {
        Jobs job = jobs.send(Workers.CAMPAIGN, "local", 1, JobFacts.NONE);
        String token = Tokens.bearer("local", "campaigns:write");
        int free = places.free();
        CompletableFuture<ValidatableResponse> answer =
                CompletableFuture.supplyAsync(() -> given().header("Authorization", token)
                        .header("If-None-Match", "\"1\"")
                        .header("Prefer", "wait=29")
                        .get("/campaigns/" + job.id() + "/status")
                        .then());
        await().atMost(Duration.ofSeconds(20)).until(() -> places.free() < free);
        jobs.tell(job, 1, STARTED);
        answer.get(40, TimeUnit.SECONDS).statusCode(200).header("ETag", "\"2\"").body("sent_count", is(0));
    }

    @Test
    void aShortBodyIsNoByteForByteCopyOfTheVersion() {
        poll("/jobs/" + report().id(), "return=minimal", "")
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .header("Preference-Applied", "return=minimal")
                .body("keySet()", is(Set.of("job_id", "status", "status_url", "estimated_completion_time")));
        poll("/jobs/" + report().id(), "return=minimal", "W/\"1\"").statusCode(304);
    }

    @Test
    void whoMayNotReadIsNotKeptWaiting() {
        Jobs foreign = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
        poll("/jobs/" + foreign.id(), "wait=30", "").statusCode(404);
        Jobs campaign = jobs.send(Workers.CAMPAIGN, "local", 1, JobFacts.NONE);
        poll("/jobs/" + campaign.id(), "wait=30", "\"1\"").statusCode(401);
    }
}
