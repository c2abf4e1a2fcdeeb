package dev.accepted.gateway.idempotency;

import static dev.accepted.gateway.idempotency.Keys.REPORT;
import static dev.accepted.gateway.idempotency.Keys.commands;
import static dev.accepted.gateway.idempotency.Keys.post;
import static dev.accepted.gateway.idempotency.Keys.report;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.reference.ReferenceTable;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same request again: what is told of it, and that it makes no second job. */
@GatewayTest
class IdempotencyTest {

    private static final String ENVELOPE =
            "{\"type\":\"report.generate\",\"client_reference\":\"r\",\"input\":" + REPORT + "}";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DataSource database;
    private final Keys keys;
    private final KeyExpiry expiry;

    @Inject
    IdempotencyTest(DataSource database, KeyExpiry expiry) {
        this.database = database;
        this.keys = new Keys(database);
        this.expiry = expiry;
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static void replays(ValidatableResponse first, ValidatableResponse again) {
        again.statusCode(202).header("Idempotency-Replayed", equalTo("true"));
        assertEquals(first.extract().asString(), again.extract().asString());
        for (String header : List.of("Location", "Content-Location", "Link", "Vary", "Cache-Control")) {
            again.header(header, equalTo(first.extract().header(header)));
        }
    }

    @Test
    void theSameRequestAgainIsToldTheSameAndMakesNoSecondJob() {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202).header("Idempotency-Replayed", nullValue());
        replays(first, report(key));
        replays(first, report(key));
        List<LogView.Entry> commands = commands(key);
        assertEquals(1, commands.size());
        assertEquals(first.extract().path("job_id"), commands.get(0).key());
    }

    @Test
    void theKeyIsTheSameQuotedOrNot() {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202);
        replays(
                first,
                given().contentType("application/json")
                        .header("Idempotency-Key", key)
                        .body(REPORT)
                        .post("/reports/generate")
                        .then());
    }

    @Test
    void howTheRequestIsSpeltDoesNotMatter() {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202);
        String spelt = "{ \"format\" : \"pdf\",\n \"year\": 2.023E3, \"report_type\":\"\\u0061\" }";
        replays(first, post("/reports/generate", key, spelt));
    }

    @Test
    void anotherRequestWithTheKeyIsToldWhoseItIs() {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202);
        post("/reports/generate", key, REPORT.replace("2023", "2024"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/idempotency-key-reused"))
                .body("status_url", equalTo(first.extract().path("status_url")));
        replays(first, report(key));
        assertEquals(1, commands(key).size());
    }

    @Test
    void aKeyCountsForItsRouteAndTenantAlone() {
        String key = Keys.fresh();
        String own = report(key).statusCode(202).extract().path("job_id");
        String common = post("/jobs", key, ENVELOPE).statusCode(202).extract().path("job_id");
        String foreign = given().contentType("application/json")
                .header("Idempotency-Key", key)
                .header("Authorization", Tokens.bearer("evil", "jobs:write"))
                .body(REPORT.replace("2023", "1999"))
                .post("/reports/generate")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .path("job_id");
        assertNotEquals(own, common);
        assertNotEquals(own, foreign);
        assertEquals(3, commands(key).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "a b", "\"a\",\"b\""})
    void whatIsNoKeyIsRefusedBeforeTheBodyIsRead(String header) {
        given().contentType("application/json")
                .header("Idempotency-Key", header)
                .body("no JSON at all")
                .post("/jobs")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .header("Link", equalTo("</problems/idempotency-key-invalid>; rel=\"describedby\""))
                .body("type", endsWith("/problems/idempotency-key-invalid"));
    }

    @Test
    void aKeyThatCameTwiceOrIsTooLongIsRefused() {
        given().contentType("application/json")
                .header("Idempotency-Key", "\"a\"", "\"a\"")
                .body(REPORT)
                .post("/reports/generate")
                .then()
                .statusCode(400)
                .body("type", endsWith("/problems/idempotency-key-invalid"));
        report("x".repeat(256)).statusCode(400).body("type", endsWith("/problems/idempotency-key-invalid"));
        report("x".repeat(219) + Keys.fresh()).statusCode(202);
    }

    @Test
    void whatIsRefusedLeavesTheKeyFree() throws Exception {
        String key = Keys.fresh();
        post("/reports/generate", key, "{\"year\":0}").statusCode(422).body("type", endsWith("/validation-error"));
        post("/reports/generate", key, "{").statusCode(400);
        assertEquals(0, keys.rows(key));
        report(key).statusCode(202).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void whatTheLogDidNotTakeLeavesTheKeyFree() throws Exception {
        String type = "lost.topic";
        Workers.send(type, json(Workers.type(type, "lost-topic", null, "{\"type\":\"object\"}")));
        String body = "{\"type\":\"lost.topic\",\"input\":{}}";
        String key = Keys.fresh();
        await().atMost(SOON)
                .untilAsserted(() -> post("/jobs", key, body)
                        .statusCode(503)
                        .body("maybe_accepted", nullValue())
                        .body("detail", org.hamcrest.Matchers.startsWith("The job was not accepted")));
        assertEquals(0, keys.rows(key));
        Workers.makeTopic("jobs.commands.lost-topic");
        await().atMost(SOON)
                .untilAsserted(
                        () -> post("/jobs", key, body).statusCode(202).header("Idempotency-Replayed", nullValue()));
        Workers.send(type, null);
    }

    private static byte[] json(Object descriptor) {
        return dev.accepted.contract.Wire.JSON
                .valueToTree(descriptor)
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void twoHundredRequestsAtOnceMakeOneJob() throws Exception {
        String key = Keys.fresh();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI url = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class) + "/reports/generate");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "\"" + key + "\"")
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(REPORT))
                .build();
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        List<HttpResponse<String>> answers =
                sent.stream().map(CompletableFuture::join).toList();
        Map<Integer, Long> codes =
                answers.stream().collect(Collectors.groupingBy(HttpResponse::statusCode, Collectors.counting()));
        System.out.println("200 requests at once with one key: " + codes);
        assertTrue(codes.keySet().stream().allMatch(code -> code == 202 || code == 409), codes.toString());
        answers.stream().filter(answer -> answer.statusCode() == 409).forEach(answer -> {
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
            assertTrue(answer.body().contains("/problems/idempotency-in-progress"), answer.body());
        });
        assertEquals(
                1,
                answers.stream()
                        .filter(answer -> answer.statusCode() == 202)
                        .map(HttpResponse::body)
                        .distinct()
                        .count());
        assertEquals(
                1,
                answers.stream()
                        .filter(answer -> answer.statusCode() == 202)
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotency-Replayed")
                                .isEmpty())
                        .count());
        assertEquals(1, commands(key).size());
    }

    @Test
    void whileAnotherGatewayCommitsTheRequestIsToldToComeAgain() throws Exception {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202);
        keys.reservedAgain(key, "now()");
        report(key)
                .statusCode(409)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("type", endsWith("/problems/idempotency-in-progress"));
        keys.run(
                "UPDATE idempotency_key SET state = 'acked', acked_at = now(), command = NULL, answer = ? WHERE key = ?",
                first.extract().asString(),
                key);
        replays(first, report(key));
    }

    @Test
    void aReservationThatAnotherGatewayIsCommittingIsWaitedFor() throws Exception {
        String key = Keys.fresh();
        report(key).statusCode(202);
        keys.reservedAgain(key, "now()");
        CompletableFuture<Integer> answer;
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            try (var statement = other.prepareStatement("SELECT FROM idempotency_key WHERE key = ? FOR UPDATE")) {
                statement.setString(1, key);
                statement.execute();
            }
            answer = CompletableFuture.supplyAsync(() -> report(key).extract().statusCode());
            await().atMost(SOON).until(this::somebodyWaits);
            other.rollback();
            other.setAutoCommit(true);
        }
        assertEquals(409, answer.get(30, java.util.concurrent.TimeUnit.SECONDS));
    }

    private boolean somebodyWaits() throws Exception {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND query LIKE 'WITH asked%'");
                var row = statement.executeQuery()) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    @Test
    void aRequestThatWasLeftOpenIsSentAgainAsItWas() throws Exception {
        String key = Keys.fresh();
        ValidatableResponse first = report(key).statusCode(202);
        keys.reservedAgain(key, "'-infinity'");
        report(key).statusCode(202).body("job_id", equalTo(first.extract().path("job_id")));
        List<LogView.Entry> commands = commands(key);
        assertEquals(2, commands.size());
        assertEquals(commands.get(0).headers(), commands.get(1).headers());
        assertEquals(
                new String(commands.get(0).value(), java.nio.charset.StandardCharsets.UTF_8),
                new String(commands.get(1).value(), java.nio.charset.StandardCharsets.UTF_8));
        report(key).statusCode(202).header("Idempotency-Replayed", equalTo("true"));
        assertEquals(2, commands(key).size());
    }

    @Test
    void anotherRequestIsToldWhoseTheKeyIsAlsoWhileThatIsOpen() throws Exception {
        String key = Keys.fresh();
        String id = report(key).statusCode(202).extract().path("job_id");
        keys.reservedAgain(key, "'-infinity'");
        post("/reports/generate", key, REPORT.replace("2023", "2024"))
                .statusCode(422)
                .body("status_url", equalTo("/jobs/" + id));
        assertEquals(1, commands(key).size());
    }

    @Test
    void aJobForLaterThatWasLeftOpenKeepsItsTime() throws Exception {
        String key = Keys.fresh();
        Instant later = Instant.now().plusSeconds(6).truncatedTo(ChronoUnit.MILLIS);
        String body = "{\"type\":\"report.generate\",\"scheduled_time\":\"%s\",\"input\":%s}".formatted(later, REPORT);
        String id = post("/jobs", key, body).statusCode(202).extract().path("job_id");
        keys.reservedAgain(key, "'-infinity'");
        await().atMost(SOON).until(() -> Instant.now().isAfter(later));
        post("/jobs", key, body).statusCode(202).body("job_id", equalTo(id));
        List<LogView.Entry> sent = commands(key).stream()
                .filter(entry -> entry.topic().equals("jobs.later"))
                .toList();
        assertEquals(2, sent.size());
        assertEquals(sent.get(0).headers(), sent.get(1).headers());
    }

    @Test
    void aRequestWhoseTimeHasPassedSinceIsStillToldTheSame() {
        String key = Keys.fresh();
        Instant deadline = Instant.now().plusSeconds(4);
        String body = "{\"type\":\"report.generate\",\"deadline\":\"%s\",\"input\":%s}".formatted(deadline, REPORT);
        ValidatableResponse first = post("/jobs", key, body).statusCode(202);
        await().atMost(SOON).until(() -> Instant.now().isAfter(deadline));
        replays(first, post("/jobs", key, body));
        post("/jobs", Keys.fresh(), body).statusCode(422).body("type", endsWith("/deadline-unreachable"));
    }

    @Test
    void aCampaignKeepsTheListThatItWasAcceptedWith() throws Exception {
        String key = Keys.fresh();
        list("old", 42);
        ValidatableResponse first = campaign(key).statusCode(202).body("recipient_count", equalTo(42));
        list("new", 43);
        replays(first, campaign(key));
        keys.reservedAgain(key, "'-infinity'");
        campaign(key).statusCode(202).body("recipient_count", equalTo(42));
        List<LogView.Entry> commands = commands(key);
        assertEquals(2, commands.size());
        assertEquals(commands.get(0).headers(), commands.get(1).headers());
        campaign(Keys.fresh()).statusCode(202).body("recipient_count", equalTo(43));
    }

    private void list(String digest, long entries) throws Exception {
        try (Connection connection = database.getConnection()) {
            ReferenceTable.put(connection, "keys", "recipient-lists", "list-1", digest, entries, List.of("email"));
        }
    }

    private static ValidatableResponse campaign(String key) {
        return given().contentType("application/json")
                .header("Idempotency-Key", key)
                .header("Authorization", Tokens.bearer("keys", "campaigns:write"))
                .body("{\"campaign_name\":\"c\",\"subject\":\"s\",\"content\":\"x\",\"recipient_list_id\":\"list-1\"}")
                .post("/email/campaigns")
                .then();
    }

    @Test
    void aLargeInputIsStoredOnceAndSentAgainByItsReference() throws Exception {
        String key = Keys.fresh();
        String start = "{\"dataset_name\":\"padded\",\"data\":[[1,2]],\"filler\":\"";
        String body = start + "x".repeat((1 << 20) - start.length() - 2) + "\"}";
        ValidatableResponse first = post("/data/process", key, body).statusCode(202);
        replays(first, post("/data/process", key, body + "\n "));
        keys.reservedAgain(key, "'-infinity'");
        post("/data/process", key, body + "\n ").statusCode(202);
        List<LogView.Entry> commands = commands(key);
        assertEquals(2, commands.size());
        assertEquals(commands.get(0).headers(), commands.get(1).headers());
        assertEquals(0, commands.get(1).value().length);
    }

    @Test
    void aKeyThatHasExpiredIsFree() throws Exception {
        String key = Keys.fresh();
        String first = report(key).statusCode(202).extract().path("job_id");
        keys.run("UPDATE idempotency_key SET reserved_at = now() - interval '23 h' WHERE key = ?", key);
        expiry.expire();
        report(key).statusCode(202).body("job_id", equalTo(first));
        keys.run("UPDATE idempotency_key SET reserved_at = now() - interval '25 h' WHERE key = ?", key);
        expiry.expire();
        String second = report(key)
                .statusCode(202)
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .path("job_id");
        assertNotEquals(first, second);
    }
}
