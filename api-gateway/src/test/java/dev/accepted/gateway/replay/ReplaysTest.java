package dev.accepted.gateway.replay;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators have run again. The test does the workers' part. */
@GatewayTest
class ReplaysTest {

    private static final JobTypeDescriptor TYPE = Workers.type("replay.test", "replay-test", null, "{}");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REFUSED = "connection refused by 10.0.0.%d";
    private static final String FULL = "the disk is full";

    @Inject
    JobsInTheLog jobs;

    /** The jobs of one test are those of its tenant. */
    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void announce() {
        Workers.announce(TYPE);
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private List<Jobs> failed(int count, String detail) {
        Instant now = Instant.now();
        List<Jobs> failed = new ArrayList<>();
        try (LogFiller log = new LogFiller()) {
            for (int i = 0; i < count; i++) {
                Jobs job = Jobs.of(TYPE, tenant, now);
                log.commandLater(job.command(1, JobFacts.NONE));
                failed.add(job);
            }
            log.flush();
            for (int i = 0; i < count; i++) {
                log.eventLater(failed.get(i).event(1, failure(now, detail.formatted(i))));
            }
            log.flush();
        }
        // Of a topic that is new the events are folded before the commands, and what has none yet cannot be sent again.
        failed.forEach(job -> jobs.until(job, state -> state.status() == Status.FAILED && state.command() != null));
        return failed;
    }

    private static Happening failure(Instant at, String detail) {
        return new Happening.Failed("worker-1", at, JobError.failed(detail), Map.of());
    }

    private static Happening success(Instant at) {
        return new Happening.Succeeded("worker-1", at, Jobs.RESULT, Map.of());
    }

    private JsonNode begin(String mode, String more) {
        return Workers.json(operator()
                .contentType("application/json")
                .body(body(mode, more))
                .post("/operations/replays")
                .then()
                .statusCode(202)
                .header("Location", containsString("/operations/replays/"))
                .extract()
                .asString());
    }

    private String body(String mode, String more) {
        return "{\"mode\":\"%s\",\"select\":{\"tenant\":[\"%s\"]},\"reason\":\"mended\"%s}"
                .formatted(mode, tenant, more);
    }

    private static JsonNode replay(JsonNode begun) {
        return Workers.json(operator()
                .get("/operations/replays/" + begun.path("replay_id").asText())
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    private static JsonNode until(JsonNode begun, String status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> replay(begun).path("status").asText().equals(status));
        return replay(begun);
    }

    /** Ends the job's next attempt once its command is sent again. */
    private void runAgain(Jobs job, boolean well) {
        JobState again = jobs.until(job, state -> state.dispatched() == 2);
        Instant now = Instant.now();
        jobs.tell(
                job,
                again.dispatched(),
                well ? success(now) : failure(now, FULL),
                well ? Status.SUCCEEDED : Status.FAILED);
    }

    @Test
    void aDryRunTellsTheCausesAndChangesNothing() {
        List<Jobs> refused = failed(5, REFUSED);
        failed(3, FULL);
        operator()
                .contentType("application/json")
                .body("{\"mode\":\"failed\",\"dry_run\":true,\"select\":{\"tenant\":[\"" + tenant + "\"]}}")
                .post("/operations/replays")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("dry_run", equalTo(true))
                .body("matched", equalTo(8))
                .body("left_out", equalTo(0))
                .body("causes.count", equalTo(List.of(5, 3)))
                .body("causes.detail", equalTo(List.of(REFUSED.formatted(0), FULL)))
                .body("ages", hasSize(1))
                .body("ages[0].under", equalTo("PT1H"))
                .body("sample", hasSize(8))
                .body("sample.job_id", hasItem(refused.get(0).id().text()));
        assertEquals(Status.FAILED, jobs.state(refused.get(0)).status());
    }

    @Test
    void theFailedAreTriedAgainWithWhoAndWhyInTheirTimeline() {
        List<Jobs> failed = failed(4, REFUSED);
        JsonNode begun = begin("failed", "");
        assertEquals(4, begun.path("counts").path("matched").asInt());
        failed.forEach(job -> runAgain(job, true));
        JsonNode ended = until(begun, "succeeded");
        assertEquals(4, ended.path("counts").path("succeeded").asInt());
        assertEquals(100, ended.path("progress").path("percent").asInt());
        String id = failed.get(0).id().text();
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .get("/jobs/" + id + "/timeline")
                .then()
                .statusCode(200)
                .body(containsString("redriven"))
                .body(containsString("mended (replay " + begun.path("replay_id").asText()));
    }

    @Test
    void whoAsksTwiceUnderOneNameBeginsOne() {
        List<Jobs> failed = failed(1, FULL);
        String name = ",\"replay_id\":\"" + UUID.randomUUID() + "\"";
        JsonNode begun = begin("failed", name);
        assertEquals(begun.path("replay_id"), begin("failed", name).path("replay_id"));
        runAgain(failed.get(0), true);
        JsonNode ended = until(begun, "succeeded");
        assertEquals(1, ended.path("counts").path("sent").asInt());
        assertEquals(2, jobs.state(failed.get(0)).phase().attempt());
    }

    @Test
    void aCanaryThatFailsAgainStopsItAndTheOthersStayAsTheyAre() {
        List<Jobs> failed = failed(10, FULL);
        JsonNode begun = begin("failed", ",\"canary\":3");
        List<Jobs> canary = failed.stream()
                .sorted((a, b) -> a.id().uuid().compareTo(b.id().uuid()))
                .limit(3)
                .toList();
        // It stops at the second that fails: by then the third has to be sent.
        canary.forEach(job -> jobs.until(job, state -> state.dispatched() == 2));
        canary.forEach(job -> runAgain(job, false));
        JsonNode stopped = until(begun, "stopped");
        assertEquals(3, stopped.path("counts").path("sent").asInt());
        assertTrue(stopped.path("stopped_because").asText().contains("canary"), stopped.toString());
        assertEquals(FULL, stopped.path("causes").path(0).path("detail").asText());
        assertEquals(
                7,
                failed.stream()
                        .filter(job -> jobs.state(job).phase().attempt() == 1)
                        .count());
        operator()
                .post("/operations/replays/" + begun.path("replay_id").asText() + "/resume")
                .then()
                .statusCode(409)
                .body("type", endsWith("/problems/replay-already-ended"));
    }

    @Test
    void aCanaryThatDoesWellIsFollowedByTheOthers() {
        List<Jobs> failed = failed(6, FULL);
        JsonNode begun = begin("failed", ",\"canary\":2");
        failed.stream().sorted((a, b) -> a.id().uuid().compareTo(b.id().uuid())).forEach(job -> runAgain(job, true));
        JsonNode ended = until(begun, "succeeded");
        assertEquals(6, ended.path("counts").path("succeeded").asInt());
        assertTrue(ended.path("timeline").toString().contains("canary-passed"), ended.toString());
    }

    @Test
    void aPausedReplaySendsNothingUntilItGoesOn() {
        List<Jobs> failed = failed(4, FULL);
        JsonNode begun = begin("failed", ",\"rate_per_second\":1");
        String url = "/operations/replays/" + begun.path("replay_id").asText();
        operator().post(url + "/pause?reason=lunch").then().statusCode(200).body("status", equalTo("paused"));
        int sent = replay(begun).path("counts").path("sent").asInt();
        assertTrue(sent < 4, "sent " + sent);
        // Two loops of the driver at the least, in which a replay that ran would send.
        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(3))
                .until(() -> replay(begun).path("counts").path("sent").asInt() == sent);
        operator().post(url + "/resume").then().statusCode(200).body("status", equalTo("running"));
        failed.forEach(job -> runAgain(job, true));
        until(begun, "succeeded");
        operator()
                .get(url)
                .then()
                .body("timeline.what", hasItems("asked-for", "paused", "resumed", "succeeded"))
                .body("timeline.detail", hasItem("lunch"));
    }

    @Test
    void anAbortedReplayTakesNoFurtherJob() {
        List<Jobs> failed = failed(5, FULL);
        JsonNode begun = begin("failed", ",\"rate_per_second\":0.2");
        String url = "/operations/replays/" + begun.path("replay_id").asText();
        jobs.until(first(failed), state -> state.phase().attempt() == 2);
        operator()
                .post(url + "/abort")
                .then()
                .statusCode(200)
                .body("status", equalTo("aborted"))
                .body("done", equalTo(true))
                .body("finished_at", notNullValue())
                .body("counts.sent", equalTo(1))
                .body("counts.running", equalTo(1));
        runAgain(first(failed), true);
        operator().get(url).then().body("counts.running", equalTo(0)).body("counts.succeeded", equalTo(1));
    }

    private static Jobs first(List<Jobs> of) {
        return of.stream().min((a, b) -> a.id().uuid().compareTo(b.id().uuid())).orElseThrow();
    }

    @Test
    void whatReplaysTookTooOftenIsLeftOut() {
        List<Jobs> failed = failed(1, FULL);
        JsonNode begun = begin("failed", ",\"most_per_job\":1");
        runAgain(failed.get(0), false);
        until(begun, "succeeded");
        JsonNode again = begin("failed", ",\"most_per_job\":1");
        assertEquals(1, again.path("counts").path("left_out").asInt());
        assertEquals(0, until(again, "succeeded").path("counts").path("sent").asInt());
        assertEquals(2, jobs.state(failed.get(0)).phase().attempt());
    }

    @Test
    void aJobThatEndedRunsAgainAsANewOneThatSaysOfWhich() {
        Jobs job = Jobs.of(TYPE, tenant, Instant.now());
        jobs.send(job, 1, new JobFacts(null, null, "order-7", Map.of("k", "v"), Map.of(), Map.of(), null));
        jobs.tell(job, 1, success(Instant.now()), Status.SUCCEEDED);
        JsonNode begun = begin("force", "");
        await().atMost(PATIENCE).until(() -> rerun(job) != null);
        LogView.Entry again = Objects.requireNonNull(rerun(job));
        assertNotEquals(job.id().text(), again.key());
        assertEquals("1", again.headers().get("ce_attempt"));
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .get("/jobs/" + again.key())
                .then()
                .statusCode(200)
                .body("replay_of", equalTo(job.id().text()))
                .body("client_reference", equalTo("order-7"))
                .body("tags.k", equalTo("v"));
        try (LogFiller log = new LogFiller()) {
            log.event(new JobEvent(
                    again.key(), tenant, TYPE.type(), TYPE.queue(), 1, again.at(), success(Instant.now())));
        }
        JsonNode ended = until(begun, "succeeded");
        assertEquals(1, ended.path("counts").path("succeeded").asInt());
        assertEquals(1, jobs.state(job).phase().attempt());
    }

    private LogView.@Nullable Entry rerun(Jobs job) {
        return LogView.commands().stream()
                .filter(entry -> job.id().text().equals(entry.headers().get("ce_replayof")))
                .findFirst()
                .orElse(null);
    }

    @Test
    void aRangeOfATopicChoosesTheJobsWhoseCommandsLieThere() {
        List<Jobs> failed = failed(3, FULL);
        Position at = Objects.requireNonNull(jobs.state(failed.get(1)).command());
        String select = """
                {"mode":"failed","dry_run":true,"select":{"tenant":"%s","topic":
                  {"name":"%s","partition":%d,"from_offset":%d,"to_offset":%d}}}""".formatted(tenant, at.topic(), at.partition(), at.offset(), at.offset());
        operator()
                .contentType("application/json")
                .body(select)
                .post("/operations/replays")
                .then()
                .statusCode(200)
                .body("matched", equalTo(1))
                .body("sample[0].job_id", equalTo(failed.get(1).id().text()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}'|/mode",
                "'{\"mode\":\"all\",\"reason\":\"r\"}'|/mode",
                "'{\"mode\":\"failed\"}'|/reason",
                "'{\"mode\":\"failed\",\"reason\":\" \"}'|/reason",
                "'{\"mode\":\"force\",\"reason\":\"r\"}'|/select",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"canary\":0}'|/canary",
                "'{\"mode\":\"missing\",\"reason\":\"r\",\"canary\":1}'|/canary",
                "'{\"mode\":\"project\",\"reason\":\"r\"}'|/select",
                "'{\"mode\":\"project\",\"reason\":\"r\",\"select\":{\"ids\":[\"job-1\"],\"tenant\":[\"a\"]}}'|/select",
                "'{\"mode\":\"project\",\"reason\":\"r\",\"select\":{\"ids\":[\"job-1\"]},\"canary\":1}'|/canary",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"rate_per_second\":0}'|/rate_per_second",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"stop_at_failure_rate\":1.5}'|/stop_at_failure_rate",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"most_per_job\":\"2\"}'|/most_per_job",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"sleep\":1}'|/sleep",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"select\":{\"status\":[\"succeeded\"]}}'|/select/status",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"select\":{\"created_after\":\"yesterday\"}}'|/select/created_after",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"select\":{\"topic\":{\"name\":\"orders\"}}}'|/select/topic/name",
                "'{\"mode\":\"failed\",\"reason\":\"r\",\"select\":{\"topic\":{\"name\":\"jobs.events\",\"from_offset\":1}}}'"
                        + "|/select/topic/partition",
            })
    void whatIsNoReplayIsNamed(String body, String pointer) {
        operator()
                .contentType("application/json")
                .body(body)
                .post("/operations/replays")
                .then()
                .statusCode(422)
                .body("type", endsWith("/problems/validation-error"))
                .body("errors.pointer", hasItem(pointer));
    }

    @Test
    void aReplayThatIsNotThereIsNotFound() {
        for (String id : List.of("nonsense", UUID.randomUUID().toString())) {
            operator().get("/operations/replays/" + id).then().statusCode(404);
            operator().post("/operations/replays/" + id + "/abort").then().statusCode(404);
        }
    }
}
