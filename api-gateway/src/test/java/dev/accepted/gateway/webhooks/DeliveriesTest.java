package dev.accepted.gateway.webhooks;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole way through the gateway, from the event to the delivery's command, and what is told of it. */
@GatewayTest
class DeliveriesTest {

    private static final String URL = "https://hooks.example/hook";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");

    @Inject
    JobsInTheLog log;

    @BeforeAll
    static void announce() {
        Workers.announceAll(Delivering.TYPE);
    }

    private Jobs ended(String tenant) {
        JobFacts facts = JobFacts.NONE.withCallback(new Callback(URL, Set.of()));
        Jobs job = log.send(Workers.REPORT, tenant, 1, facts);
        log.tell(job, 1, new Happening.Succeeded("w", BEGAN, Jobs.RESULT, Map.of()), Status.SUCCEEDED);
        return job;
    }

    private static JsonNode deliveries(Jobs job) {
        return Workers.json(given().get("/jobs/" + job.id() + "/deliveries")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
    }

    /** The first delivery, when the table has it. */
    private static JsonNode delivery(Jobs job) {
        await().atMost(PATIENCE)
                .until(() -> deliveries(job).at("/items/0/delivery_id").isTextual()
                        && LogView.commandOf(deliveries(job)
                                        .at("/items/0/delivery_id")
                                        .textValue())
                                .isPresent());
        return deliveries(job).at("/items/0");
    }

    private static String id(JsonNode delivery) {
        return delivery.path("delivery_id").textValue();
    }

    private static void tell(JsonNode delivery, int attempt, Happening happening) {
        try (LogFiller filler = new LogFiller()) {
            filler.event(new JobEvent(
                    id(delivery), "local", WebhookDelivery.TYPE, WebhookDelivery.QUEUE, attempt, null, happening));
        }
    }

    @Test
    void theEndOfAJobIsHandedToItsWorker() throws Exception {
        Jobs job = ended("local");
        JsonNode delivery = delivery(job);
        assertEquals("job.succeeded", delivery.path("event").textValue());
        assertEquals(URL, delivery.path("url").textValue());
        assertEquals(id(delivery), delivery.path("webhook_id").textValue());
        assertEquals("queued", delivery.path("status").textValue());
        LogView.Entry command = LogView.commandOf(id(delivery)).orElseThrow();
        JsonNode payload =
                Wire.JSON.readTree(WebhookDelivery.read(command.value()).payload());
        JsonNode shown = Workers.json(given().get("/jobs/" + job.id()).asString());
        assertEquals(shown, payload.path("data"), "the one serializer of jobs");
    }

    @Test
    void nothingIsToldOfAJobThatAskedForNothing() {
        Jobs job = log.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        log.tell(job, 1, new Happening.Succeeded("w", BEGAN, null, Map.of()), Status.SUCCEEDED);
        assertEquals(0, deliveries(job).path("items").size());
    }

    @Test
    void eachAttemptIsShownWithItsAnswer() {
        Jobs job = ended("local");
        JsonNode made = delivery(job);
        tell(
                made,
                1,
                new Happening.AttemptFailed(
                        "webhooks-1",
                        BEGAN,
                        JobError.failed("The receiver answered 503."),
                        Duration.ofHours(1),
                        Map.of("status_code_1", 503L, "millis_1", 12L)));
        await().atMost(PATIENCE)
                .until(() -> deliveries(job).at("/items/0/next_attempt_at").isTextual());
        JsonNode first = deliveries(job).at("/items/0/attempts/0");
        assertEquals(1, first.path("attempt").intValue());
        assertEquals(503, first.path("status_code").intValue());
        assertEquals(12, first.path("duration_ms").intValue());
        assertEquals("The receiver answered 503.", first.path("error").textValue());
        assertEquals(BEGAN.toString(), first.path("started_at").textValue());
        tell(made, 2, new Happening.Succeeded("webhooks-1", BEGAN, null, Map.of("status_code_2", 200L)));
        await().atMost(PATIENCE).until(() -> deliveries(job).at("/items/0/done").booleanValue());
        JsonNode delivered = deliveries(job).at("/items/0");
        assertEquals("succeeded", delivered.path("status").textValue());
        assertEquals(503, delivered.at("/attempts/0/status_code").intValue());
        assertEquals(200, delivered.at("/attempts/1/status_code").intValue());
        assertTrue(delivered.path("finished_at").isTextual());
        assertFalse(delivered.has("next_attempt_at"));
    }

    @Test
    void aMessageIsDeliveredAgainUnderItsOwnId() throws Exception {
        Jobs job = ended("local");
        JsonNode first = delivery(job);
        String again = "/jobs/" + job.id() + "/deliveries/" + id(first) + "/redeliver";
        String second = given().post(again)
                .then()
                .statusCode(202)
                .body("webhook_id", equalTo(id(first)))
                .body("delivery_id", startsWith("msg-"))
                .body("event", equalTo("job.succeeded"))
                .extract()
                .path("delivery_id");
        assertNotEquals(id(first), second);
        assertArrayEquals(
                LogView.commandOf(id(first)).orElseThrow().value(),
                LogView.commandOf(second).orElseThrow().value());
        await().atMost(PATIENCE).until(() -> deliveries(job).path("items").size() == 2);
        assertEquals(second, deliveries(job).at("/items/1/delivery_id").textValue());
        given().post("/jobs/" + job.id() + "/deliveries/" + second + "/redeliver")
                .then()
                .statusCode(202)
                .body("webhook_id", equalTo(id(first)));
    }

    @Test
    void deliveriesAreTheJobsOwn() {
        Jobs job = ended("local");
        Jobs other = ended("local");
        String foreign = id(delivery(other));
        for (String id : new String[] {foreign, job.id().text(), "msg-nonsense"}) {
            given().post("/jobs/" + job.id() + "/deliveries/" + id + "/redeliver")
                    .then()
                    .statusCode(404)
                    .body("type", endsWith("/problems/delivery-not-found"));
        }
        String mine = "/jobs/" + job.id() + "/deliveries";
        given().header("Authorization", Tokens.bearer("other", "jobs:write"))
                .get(mine)
                .then()
                .statusCode(404);
        String again = mine + "/" + id(delivery(job)) + "/redeliver";
        given().header("Authorization", Tokens.bearer("other", "jobs:write"))
                .post(again)
                .then()
                .statusCode(404);
        String reader = Tokens.bearer("local", "jobs:read");
        given().header("Authorization", reader).get(mine).then().statusCode(200);
        given().header("Authorization", reader).post(again).then().statusCode(403);
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get(mine)
                .then()
                .statusCode(403);
        given().get("/jobs/job-nonsense/deliveries").then().statusCode(404);
        given().delete(mine).then().statusCode(405);
    }

    @Test
    void noListShowsThem() {
        Jobs job = ended("local");
        JsonNode delivery = delivery(job);
        await().atMost(PATIENCE)
                .until(() -> given().get("/jobs/" + id(delivery)).statusCode() == 200);
        for (String query : new String[] {"", "&type=webhook.deliver", "&client_reference=" + job.id()}) {
            JsonNode page = Workers.json(given().get("/jobs?limit=200" + query)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString());
            page.path("items")
                    .forEach(item ->
                            assertNotEquals("webhook.deliver", item.path("type").textValue(), query));
        }
    }

    @Test
    void aDeliveryIsCancelledAsAnyJobIs() {
        Jobs job = ended("local");
        JsonNode delivery = delivery(job);
        await().atMost(PATIENCE)
                .until(() -> given().delete("/jobs/" + id(delivery)).statusCode() == 200);
        await().atMost(PATIENCE)
                .until(() -> deliveries(job).at("/items/0/status").asText().equals("cancelled"));
    }

    @Test
    void eachTenantReadsItsOwnSecret() {
        String mine = given().header("Authorization", Tokens.bearer("acme", "jobs:write"))
                .get("/webhooks/secret")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("secret", startsWith("whsec_"))
                .extract()
                .path("secret");
        String others = given().header("Authorization", Tokens.bearer("other", "jobs:write"))
                .get("/webhooks/secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
        assertNotEquals(mine, others);
        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .get("/webhooks/secret")
                .then()
                .statusCode(403);
    }
}
