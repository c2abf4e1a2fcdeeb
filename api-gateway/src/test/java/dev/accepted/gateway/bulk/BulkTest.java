package dev.accepted.gateway.bulk;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.RawHttp;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many jobs in one request. */
@GatewayTest
class BulkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JobTypeDescriptor TYPE = Workers.type(
            "bulk.plain",
            "bulk-plain",
            null,
            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"minimum\":0}}}");

    @BeforeAll
    static void announce() {
        Workers.announceAll(TYPE);
    }

    private static String item(int n) {
        return "{\"type\":\"bulk.plain\",\"input\":{\"n\":" + n + "}}";
    }

    private static ValidatableResponse json(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/jobs/batch")
                .then();
    }

    private static ValidatableResponse lines(String accept, String body) {
        return given().contentType("application/x-ndjson; charset=utf-8")
                .accept(accept)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/jobs/batch")
                .then();
    }

    private static List<LogView.Entry> commandsOf(String batch) {
        return LogView.commands().stream()
                .filter(entry -> batch.equals(entry.headers().get("ce_batch")))
                .toList();
    }

    @Test
    void eachItemIsAJobOrAProblem() {
        Instant later = Instant.now().plus(Duration.ofHours(2));
        ValidatableResponse answer = json("{\"items\":[" + item(1) + ","
                        + "{\"type\":\"nobody.knows\",\"input\":{}}," + item(-1) + ",7,"
                        + "{\"type\":\"email.campaign\",\"input\":{}},"
                        + "{\"type\":\"bulk.plain\",\"input\":{},\"scheduled_time\":\"" + later
                        + "\",\"client_reference\":\"r\",\"tags\":{\"a\":\"b\"}}]}")
                .statusCode(202)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .header("Retry-After", matchesRegex("[1-9][0-9]*"))
                .body("accepted_count", is(2))
                .body("rejected_count", is(4))
                .body("items.index", is(List.of(0, 1, 2, 3, 4, 5)))
                .body("items[0].job_id", startsWith("job-"))
                .body("items[0].problem", nullValue())
                .body("items[1].problem.type", endsWith("/problems/unknown-job-type"))
                .body("items[1].problem.status", is(422))
                .body("items[1].job_id", nullValue())
                .body("items[2].problem.errors[0].pointer", is("/input/n"))
                .body("items[3].problem.type", endsWith("/problems/validation-error"))
                .body("items[4].problem.status", is(401));
        String batch = answer.extract().path("batch_id");
        answer.body("status_url", is("/batches/" + batch))
                .header("Location", endsWith("/batches/" + batch))
                .header("Link", containsString("</batches/" + batch + ">; rel=\"monitor\""));
        List<String> ids = answer.extract().path("items.job_id");
        assertEquals(
                Set.of(ids.get(0), ids.get(5)),
                commandsOf(batch).stream().map(LogView.Entry::key).collect(Collectors.toSet()));
        LogView.Entry scheduled = LogView.commandOf(ids.get(5)).orElseThrow();
        assertEquals(Topics.LATER, scheduled.topic());
        assertEquals("r", scheduled.headers().get("ce_clientreference"));
        given().get("/jobs/" + ids.get(0)).then().statusCode(200).body("status", is("queued"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/jobs?batch_id=" + batch)
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(2))
                        .body("items.batch_id", is(List.of(batch, batch))));
        given().get("/jobs?batch_id=" + batch + "&tag.a=b").then().body("items.job_id", is(List.of(ids.get(5))));
    }

    @Test
    void aBatchOfWhichNothingIsAcceptedIsNone() {
        int before = LogView.commands().size();
        json("{\"items\":[7," + item(-1) + "]}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/batch-rejected"))
                .body("rejected_count", is(2))
                .body("items.index", is(List.of(0, 1)))
                .body("items[1].problem.errors[0].pointer", is("/input/n"));
        lines("*/*", "7\n{\n").statusCode(422).body("items[1].problem.type", endsWith("/problems/malformed-json"));
        assertEquals(before, LogView.commands().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{\"items\":[]}|422|batch-empty",
                "application/x-ndjson|' \n\n'|422|batch-empty",
                "application/json|''|400|empty-body",
                "application/x-ndjson|''|400|empty-body",
                "application/json|{\"items\":[{]}|400|malformed-json",
                "application/json|[]|422|validation-error",
                "text/csv|x|415|unsupported-media-type",
            })
    void whatIsNoBatchIsRefused(String mediaType, String body, int status, String slug) {
        given().contentType(mediaType + "; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/jobs/batch")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/" + slug));
    }

    @Test
    void aDocumentHasAThousandItemsAtMost() {
        String full = IntStream.range(0, 1_000).mapToObj(BulkTest::item).collect(Collectors.joining(","));
        json("{\"items\":[" + full + "," + item(1) + "]}")
                .statusCode(422)
                .body("type", endsWith("/problems/batch-too-large"))
                .body("max", is(1_000));
        String batch = json("{\"items\":[" + full + "]}")
                .statusCode(202)
                .body("accepted_count", is(1_000))
                .extract()
                .path("batch_id");
        assertEquals(1_000, commandsOf(batch).size());
    }

    @Test
    void linesAreAnsweredInTheirOrder() {
        int number = 5_000;
        String body = IntStream.range(0, number)
                .mapToObj(n -> item(n % 10 == 3 ? -1 : n))
                .collect(Collectors.joining("\n"));
        String told = lines("application/x-ndjson", body)
                .statusCode(202)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
        List<JsonNode> answers = told.lines().map(Workers::json).toList();
        assertEquals(number + 1, answers.size());
        JsonNode summary = answers.get(0);
        assertEquals(4_500, summary.path("accepted_count").intValue());
        assertEquals(500, summary.path("rejected_count").intValue());
        Set<String> ids = new HashSet<>();
        for (int n = 0; n < number; n++) {
            JsonNode answer = answers.get(n + 1);
            assertEquals(n, answer.path("index").intValue());
            assertEquals(n % 10 == 3, answer.has("problem"));
            ids.add(answer.path("job_id").asText());
        }
        assertEquals(4_501, ids.size());
        List<LogView.Entry> commands = commandsOf(summary.path("batch_id").textValue());
        assertEquals(4_500, commands.size());
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get(
                                "/jobs?batch_id=" + summary.path("batch_id").textValue() + "&limit=500")
                        .then()
                        .body("items", hasSize(200)));
    }

    @Test
    void theAnswerIsOneDocumentUnlessLinesAreAskedFor() {
        lines("*/*", item(1) + "\n" + item(2))
                .statusCode(202)
                .contentType("application/json")
                .body("items", hasSize(2));
        given().contentType("application/json")
                .accept("application/x-ndjson")
                .body("{\"items\":[" + item(1) + "]}")
                .post("/jobs/batch")
                .then()
                .statusCode(202)
                .contentType("application/x-ndjson");
        lines("text/html", item(1)).statusCode(406);
        given().get("/jobs/batch").then().statusCode(405).header("Allow", is("OPTIONS, POST"));
    }

    @Test
    void aLineThatIsTooLongIsRefusedAndTheOthersAreNot() {
        String tooLong = "{\"type\":\"bulk.plain\",\"input\":{\"text\":\"" + "x".repeat(11 << 20) + "\"}}";
        lines("*/*", item(1) + "\n" + tooLong + "\n" + item(2))
                .statusCode(202)
                .body("accepted_count", is(2))
                .body("items[1].problem.type", endsWith("/problems/content-too-large"))
                .body("items[1].problem.max_bytes", is((10 << 20) + (64 << 10)));
    }

    @Test
    void aLargeItemTravelsByClaimCheck() {
        String large = "{\"type\":\"bulk.plain\",\"input\":{\"text\":\"" + "x".repeat(400_000) + "\"}}";
        String id =
                lines("*/*", large + "\n" + item(1)).statusCode(202).extract().path("items[0].job_id");
        assertTrue(LogView.commandOf(id).orElseThrow().headers().containsKey("ce_dataref"));
    }

    @Test
    void whatIsBeyondTheMostLinesIsNotTaken() {
        StringBuilder body = new StringBuilder(item(1));
        for (int n = 0; n < 100_000; n++) {
            body.append("\n{}");
        }
        List<JsonNode> answers = lines(
                        "application/x-ndjson",
                        body.append('\n').append(item(2)).toString())
                .statusCode(202)
                .extract()
                .asString()
                .lines()
                .map(Workers::json)
                .toList();
        assertEquals(1, answers.get(0).path("accepted_count").intValue());
        assertEquals(100_002, answers.size());
        JsonNode last = answers.get(100_001).path("problem");
        assertTrue(last.path("type").textValue().endsWith("/problems/batch-too-large"));
        assertTrue(answers.get(1).has("job_id"));
        assertTrue(answers.get(900).path("problem").has("detail"));
        assertEquals(422, answers.get(50_000).path("problem").path("status").intValue());
    }

    @Test
    void linesAreTakenAsTheyComeAndNotWhenAllAreThere() throws Exception {
        String mark = "streamed-" + Instant.now().toEpochMilli();
        String marked = "{\"type\":\"bulk.plain\",\"input\":{},\"client_reference\":\"" + mark + "\"}\n";
        try (RawHttp client = new RawHttp()) {
            client.send(String.join(
                    "\r\n",
                    "POST /jobs/batch HTTP/1.1",
                    "Host: x",
                    "Content-Type: application/x-ndjson",
                    "Transfer-Encoding: chunked",
                    "",
                    ""));
            client.send(chunk(marked));
            await().atMost(PATIENCE)
                    .until(() -> LogView.commands().stream()
                            .anyMatch(entry -> mark.equals(entry.headers().get("ce_clientreference"))));
            client.send(chunk(item(2)) + "0\r\n\r\n");
            RawHttp.Answer answer = client.read();
            assertEquals(202, answer.status());
            assertEquals(2, Workers.json(answer.body()).path("accepted_count").intValue());
        }
    }

    private static String keyed(String key, int n) {
        return "{\"type\":\"bulk.plain\",\"input\":{\"n\":" + n + "},\"idempotency_key\":\"" + key + "\"}";
    }

    @Test
    void aBatchThatIsSentAgainIsTheSameJobsByTheirKeys() {
        String run = "run-" + Instant.now().toEpochMilli();
        String body =
                IntStream.range(0, 500).mapToObj(n -> keyed(run + "-" + n, n)).collect(Collectors.joining("\n"));
        ValidatableResponse first = lines("*/*", body)
                .statusCode(202)
                .body("accepted_count", is(500))
                .body("replayed_count", is(0));
        List<String> jobs = first.extract().path("items.job_id");
        // Some of it was lost on the way, as far as its client knows.
        ValidatableResponse again = lines("*/*", body + "\n" + keyed(run + "-new", 7))
                .statusCode(202)
                .body("accepted_count", is(501))
                .body("replayed_count", is(500));
        List<String> same = again.extract().path("items.job_id");
        assertEquals(jobs, same.subList(0, 500));
        assertEquals(501, new HashSet<>(same).size());
        assertEquals(500, commandsOf(first.extract().path("batch_id")).size());
        assertEquals(1, commandsOf(again.extract().path("batch_id")).size());
        given().get(again.extract().<String>path("status_url"))
                .then()
                .body("accepted_count", is(501))
                .body("replayed_count", is(500))
                .body("counts.queued", is(1));
    }

    @Test
    void aKeyStandsForOneItemAndReadsAsTheHeaderDoes() {
        String key = "once-" + Instant.now().toEpochMilli();
        json("{\"items\":[" + keyed(key, 1) + "]}").statusCode(202);
        json("{\"items\":[" + keyed(key, 2) + "," + item(1) + "," + keyed("", 1) + "," + keyed("\u00e4", 1) + ","
                        + "{\"type\":\"bulk.plain\",\"input\":{},\"idempotency_key\":7}]}")
                .statusCode(202)
                .body("accepted_count", is(1))
                .body("items[0].problem.type", endsWith("/problems/idempotency-key-reused"))
                .body("items[2].problem.errors[0].pointer", is("/idempotency_key"))
                .body("items[3].problem.errors[0].pointer", is("/idempotency_key"))
                .body("items[4].problem.errors[0].pointer", is("/idempotency_key"));
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void nobodySubmitsInABatchWhatTheyMayNotSubmitAlone() {
        given().contentType("application/json")
                .header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .body("{\"items\":[" + item(1) + "]}")
                .post("/jobs/batch")
                .then()
                .statusCode(403);
        given().contentType("application/json")
                .header("Authorization", Tokens.bearer("acme", "campaigns:write"))
                .body("{\"items\":[" + item(1) + "]}")
                .post("/jobs/batch")
                .then()
                .statusCode(422)
                .body("items[0].problem.status", is(403));
        List<String> none = new ArrayList<>();
        assertEquals(none, given().get("/jobs?batch_id=batch-1").path("items"));
    }
}
