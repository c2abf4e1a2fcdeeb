package dev.accepted.gateway.fleet;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see of one job, whosever it is, and that they may stop it. */
@GatewayTest
class FleetTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final String CLIENT = Tokens.bearer("acme", "jobs:read jobs:write campaigns:write");

    @Inject
    JobsInTheLog jobs;

    @Inject
    ObjectStore objects;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static RequestSpecification operator() {
        return given().redirects().follow(false).header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private static String submitted(String path, String body) {
        return given().header("Authorization", CLIENT)
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
    }

    private static String path(Jobs job) {
        return "/operations/jobs/" + job.id();
    }

    private Jobs running() throws Exception {
        Jobs job = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
        assertTrue(jobs.claim(job, 1));
        jobs.tell(job, 1, new Happening.Started("worker-1", BEGAN), Status.PROCESSING);
        return job;
    }

    @Test
    void aJobIsShownWithWhatItWasGivenToTheLastDigit() {
        String input = "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\", \"departments\":[\"size 1.10\"]}";
        String id = submitted("/reports/generate", input);
        String body = operator()
                .get("/operations/jobs/" + id)
                .then()
                .statusCode(200)
                .header("ETag", notNullValue())
                .body("tenant", is("acme"))
                .body("queue", is("reports"))
                .body("command.topic", is(Topics.commands("reports")))
                .body("command.offset", notNullValue())
                .body("worker", nullValue())
                .body("input.year", is(2023))
                .body("input_digest", nullValue())
                .extract()
                .asString();
        assertTrue(body.contains(input), body);
        String exact = "{\"dataset_name\":\"a\",\"data\":[[1.10,12345678901234567890.5]]}";
        String numbers = submitted("/data/process", exact);
        assertTrue(operator().get("/operations/jobs/" + numbers).asString().contains(exact));
    }

    @Test
    void aLargeInputIsToldByItsSizeAndItsDigest() throws Exception {
        String input = "{\"dataset_name\":\"" + "x".repeat(300_000) + "\",\"data\":[[1]]}";
        byte[] sha = MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
        operator()
                .get("/operations/jobs/" + submitted("/data/process", input))
                .then()
                .statusCode(200)
                .body("input", nullValue())
                .body("input_size_bytes", is(input.length()))
                .body("input_digest", is(HexFormat.of().formatHex(sha)));
    }

    @Test
    void whoRunsItIsTold() throws Exception {
        Jobs job = running();
        Response first = operator().get(path(job));
        first.then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .header("Cache-Control", "private, no-cache")
                .body("worker", is("worker-1"));
        operator().header("If-None-Match", "\"2\"").get(path(job)).then().statusCode(304);
        operator().header("If-None-Match", "\"1\"").get(path(job)).then().statusCode(200);
        jobs.tell(job, 1, new Happening.Succeeded("worker-1", BEGAN, null, Map.of()), Status.SUCCEEDED);
        operator().get(path(job)).then().header("ETag", "\"3\"").body("worker", nullValue());
    }

    @Test
    void itsTimelineIsTold() throws Exception {
        Jobs job = running();
        operator()
                .get(path(job) + "/timeline")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("entries.event", is(List.of("accepted", "started")));
        operator()
                .header("If-None-Match", "\"2\"")
                .get(path(job) + "/timeline")
                .then()
                .statusCode(304);
    }

    @Test
    void itsResultIsUnderAnAddressOfTheOperators() throws Exception {
        StoredObject file = objects.put(
                "acme", "report.generate", "a.txt", "text/plain", new ByteArrayInputStream(new byte[] {'a', 'b'}));
        Jobs job = running();
        operator()
                .get(path(job) + "/result")
                .then()
                .statusCode(404)
                .body("type", endsWith("/problems/result-not-ready"));
        JobResult result = new JobResult(file.digest(), file.contentType(), file.sizeBytes(), file.name());
        jobs.tell(job, 1, new Happening.Succeeded("worker-1", BEGAN, result, Map.of()), Status.SUCCEEDED);
        String location = operator()
                .get(path(job) + "/result")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        String at = URI.create(location).getPath();
        assertEquals("/operations/results/acme/" + file.digest(), at);
        operator().get(at).then().statusCode(200).body(is("ab")).header("ETag", "\"" + file.digest() + "\"");
        operator().header("Range", "bytes=1-1").get(at).then().statusCode(206).body(is("b"));
        operator().head(at).then().statusCode(200).header("Content-Length", "2");
        operator().get("/operations/results/other/" + file.digest()).then().statusCode(404);
        operator().get("/operations/results/acme/nothing").then().statusCode(404);
        given().header("Authorization", CLIENT).get(at).then().statusCode(403);
        given().get(at).then().statusCode(401);
        operator().get("/results/" + file.digest()).then().statusCode(404);
    }

    @Test
    void anOperatorStopsAJobAndTheLogSaysWhoAndWhy() throws Exception {
        Jobs job = running();
        operator()
                .contentType("application/json")
                .body("{\"reason\":\"it floods the printer\"}")
                .post(path(job) + "/cancel")
                .then()
                .statusCode(202)
                .body("status", is("cancelling"));
        operator()
                .get(path(job) + "/timeline")
                .then()
                .body("entries.find { it.event == 'cancel-requested' }.worker", is("somebody"))
                .body("entries.find { it.event == 'cancel-requested' }.reason", is("it floods the printer"));
        String event = LogView.of(Topics.EVENTS).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .filter(value -> value.contains("cancel-requested"))
                .findFirst()
                .orElseThrow();
        assertEquals("somebody", Workers.json(event).at("/event/actor").asText());
        // Once more, and then its client does: nobody takes the first's place.
        operator().post(path(job) + "/cancel").then().statusCode(202);
        given().header("Authorization", CLIENT)
                .delete("/jobs/" + job.id())
                .then()
                .statusCode(202);
        jobs.tell(job, 1, new Happening.Cancelled("worker-1", BEGAN), Status.CANCELLED);
        operator().post(path(job) + "/cancel").then().statusCode(200).body("status", is("cancelled"));
    }

    @Test
    void whatHasEndedStaysSo() throws Exception {
        Jobs job = running();
        jobs.tell(job, 1, new Happening.Succeeded("worker-1", BEGAN, null, Map.of()), Status.SUCCEEDED);
        operator()
                .post(path(job) + "/cancel")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/job-already-finished"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"reason\":1}", "{\"reason\":\"\"}", "{\"because\":\"x\"}", "{"})
    void aBodyThatSaysAnythingElseChangesNothing(String body) throws Exception {
        Jobs job = running();
        int status = operator()
                .contentType("application/json")
                .body(body)
                .post(path(job) + "/cancel")
                .statusCode();
        assertTrue(status == 422 || status == 400, body + ": " + status);
        assertEquals(Status.PROCESSING, jobs.state(job).status());
    }

    @Test
    void whatIsNoJobIsNotFoundAndWhatIsTooOldIsGone() {
        Jobs known = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
        String id = known.id().text();
        String wrongSeal = id.substring(0, id.length() - 1) + (id.endsWith("0") ? '1' : '0');
        String never = Jobs.of(Workers.REPORT, "acme", Instant.now().minus(Duration.ofDays(1)))
                .id()
                .text();
        for (String unknown : List.of(wrongSeal, never, "job-x", "x")) {
            for (String rest : List.of("", "/timeline", "/result")) {
                operator()
                        .get("/operations/jobs/" + unknown + rest)
                        .then()
                        .statusCode(404)
                        .contentType("application/problem+json")
                        .body("type", endsWith("/problems/job-not-found"));
            }
            operator().post("/operations/jobs/" + unknown + "/cancel").then().statusCode(404);
        }
        String old = Jobs.of(Workers.REPORT, "acme", Instant.now().minus(Duration.ofDays(31)))
                .id()
                .text();
        operator().get("/operations/jobs/" + old).then().statusCode(410);
        operator()
                .get("/operations/jobs/" + old + "/result")
                .then()
                .statusCode(410)
                .body("type", endsWith("/problems/result-expired"));
    }

    @Test
    void whatWasAcceptedJustNowIsThere() {
        String id = submitted("/reports/generate", "{\"report_type\":\"a\",\"year\":2023,\"format\":\"pdf\"}");
        operator().get("/operations/jobs/" + id).then().statusCode(200).body("job_id", equalTo(id));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        operator().get("/operations/jobs?tenant=acme").then().body("items.job_id", hasItem(id)));
    }

    @Test
    void itIsForOperatorsAlone() throws Exception {
        Jobs job = running();
        for (String rest : List.of("", "/timeline", "/result")) {
            given().get(path(job) + rest).then().statusCode(401);
            given().header("Authorization", CLIENT)
                    .get(path(job) + rest)
                    .then()
                    .statusCode(403)
                    .body("scope", containsString("operations"));
        }
        given().post(path(job) + "/cancel").then().statusCode(401);
        given().header("Authorization", CLIENT)
                .post(path(job) + "/cancel")
                .then()
                .statusCode(403);
        assertEquals(Status.PROCESSING, jobs.state(job).status());
        operator().accept("text/csv").get(path(job)).then().statusCode(406);
        operator().get("/jobs/" + job.id()).then().statusCode(404);
    }
}
