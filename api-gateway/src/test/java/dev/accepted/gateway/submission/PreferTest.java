package dev.accepted.gateway.submission;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.LogFiller;
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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may prefer of a submission's answer, and what becomes of it. */
@GatewayTest
class PreferTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final String REPORT = "{\"report_type\":\"annual\",\"year\":2023,\"format\":\"pdf\"}";
    private static final String DATA = "{\"dataset_name\":\"d\",\"data\":[[1]]}";

    @Inject
    Places places;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static ValidatableResponse report(String... prefer) {
        return given().contentType("application/json")
                .header("Prefer", prefer[0], (Object[]) java.util.Arrays.copyOfRange(prefer, 1, prefer.length))
                .body(REPORT)
                .post("/reports/generate")
                .then();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handling=strict",
                "wait",
                "wait=x",
                "wait=-1",
                "wait=0",
                "=;,",
                "return=nothing",
                "\"",
                "wait=\"3",
                "respond-async=1",
                "return=representation"
            })
    void whatDoesNotReadOrIsUnknownIsNoError(String prefer) {
        report(prefer)
                .statusCode(202)
                .header("Preference-Applied", nullValue())
                .header("Vary", "Prefer, Authorization")
                .header("Content-Location", notNullValue())
                .body("created_at", notNullValue());
    }

    @Test
    void whoDoesNotWantToWaitIsAnsweredAtOnce() {
        report("respond-async").statusCode(202).header("Preference-Applied", "respond-async");
    }

    @Test
    void whoWaitsInVainGetsThePlainReceipt() {
        long began = System.nanoTime();
        report("wait=1, respond-async")
                .statusCode(202)
                .header("Preference-Applied", "respond-async")
                .header("Vary", "Prefer, Authorization")
                .header("Location", notNullValue())
                .body("done", is(false));
        assertEquals(true, System.nanoTime() - began >= Duration.ofSeconds(1).toNanos());
    }

    @Test
    void whoWaitsGetsTheFinishedJob() throws Exception {
        Answer answer = whileWaiting("wait=25", new Happening.Succeeded("worker-1", BEGAN, Jobs.RESULT, Map.of()));
        answer.response()
                .statusCode(200)
                .header("Preference-Applied", "wait=25")
                .header("Vary", "Prefer, Authorization")
                .header("Cache-Control", "no-store")
                .header("ETag", "\"2\"")
                .header("Retry-After", nullValue())
                .header("Location", nullValue())
                .header("Content-Location", endsWith("/jobs/" + answer.id()))
                .header("Link", containsString("rel=\"monitor\""))
                .body("job_id", is(answer.id()))
                .body("status", is("succeeded"))
                .body("done", is(true))
                .body("result_url", is("/jobs/" + answer.id() + "/result"));
        // Whoever is told of an end finds it in the table.
        given().get("/jobs/" + answer.id()).then().statusCode(200).body("status", is("succeeded"));
    }

    @Test
    void aJobThatFailedWithinTheWaitIsNoFailureOfTheRequest() throws Exception {
        whileWaiting("wait=29", new Happening.Failed("w", BEGAN, JobError.failed("no paper"), Map.of()))
                .response()
                .statusCode(200)
                .body("status", is("failed"))
                .body("error.detail", is("no paper"));
    }

    @Test
    void aLongWaitIsCutToThirtySecondsAndSaysSo() throws Exception {
        whileWaiting("wait=86400, return=minimal", new Happening.Cancelled("w", BEGAN))
                .response()
                .statusCode(200)
                .header("Preference-Applied", "wait=30, return=minimal")
                .header("Content-Location", nullValue())
                .body("keySet()", is(Set.of("job_id", "status", "status_url")))
                .body("status", is("cancelled"));
    }

    @Test
    void whoWantsLittleGetsWhatTheTypePutsOnAReceipt() {
        minimal(report("return=minimal"), "job_id", "status", "estimated_completion_time", "status_url");
        minimal(
                given().contentType("application/json")
                        .header("Prefer", "return=minimal")
                        .body(DATA)
                        .post("/data/process")
                        .then(),
                "job_id",
                "status",
                "position_in_queue",
                "estimated_start_time",
                "status_url");
        String token = Tokens.bearer("local", "campaigns:write");
        given().header("Authorization", token)
                .contentType("text/csv; charset=utf-8")
                .body("email\na@example.com\nb@example.com\n")
                .put("/recipient-lists/few")
                .then()
                .statusCode(anyOf(is(200), is(201)));
        minimal(
                        given().contentType("application/json")
                                .header("Authorization", token)
                                .header("Prefer", "return=minimal")
                                .body("{\"campaign_name\":\"c\",\"subject\":\"s\",\"content\":\"x\","
                                        + "\"recipient_list_id\":\"few\"}")
                                .post("/email/campaigns")
                                .then(),
                        "campaign_id",
                        "status",
                        "recipient_count",
                        "estimated_start_time",
                        "status_url")
                .body("recipient_count", is(2))
                .body("status_url", containsString("/campaigns/camp-"));
    }

    private static ValidatableResponse minimal(ValidatableResponse answer, String... members) {
        return answer.statusCode(202)
                .header("Preference-Applied", "return=minimal")
                .header("Content-Location", nullValue())
                .header("Location", notNullValue())
                .body("keySet()", is(Set.of(members)));
    }

    @Test
    void severalHeadersAreOneListAndTheFirstCounts() {
        report("return=minimal", "return=representation, respond-async")
                .statusCode(202)
                .header("Preference-Applied", "respond-async, return=minimal");
    }

    @Test
    void withoutAPlaceToWaitInTheAnswerComesAtOnce() {
        int taken = 0;
        try {
            while (places.take()) {
                taken++;
            }
            report("wait=30").statusCode(202);
        } finally {
            for (; taken > 0; taken--) {
                places.giveBack();
            }
        }
    }

    private record Answer(String id, ValidatableResponse response) {}

    /** Submits with that preference, lets the job end while the client waits, and gives the answer. */
    private Answer whileWaiting(String prefer, Happening end) throws Exception {
        int free = places.free();
        String reference = UUID.randomUUID().toString();
        CompletableFuture<ValidatableResponse> answer =
                CompletableFuture.supplyAsync(() -> given().contentType("application/json")
                        .header("Prefer", prefer)
                        .body("{\"type\":\"report.generate\",\"input\":" + REPORT + ",\"client_reference\":\""
                                + reference + "\"}")
                        .post("/jobs")
                        .then());
        String id = await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> given().get("/jobs?client_reference=" + reference).path("items[0].job_id"),
                        notNullValue());
        long told = System.nanoTime();
        try (LogFiller log = new LogFiller()) {
            log.event(new JobEvent(id, "local", "report.generate", "reports", 1, null, end));
        }
        ValidatableResponse response = answer.get(40, TimeUnit.SECONDS);
        System.out.printf(
                "%s: answered %d ms after the end was sent%n", prefer, (System.nanoTime() - told) / 1_000_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> places.free() == free);
        return new Answer(id, response);
    }
}
