package dev.accepted.gateway.queues;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Holder;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of a queue, and that its workers hear of a pause. */
@GatewayTest
class QueuesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TTL = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
    private final JobTypeDescriptor type = Workers.type(queue + ".run", queue, null, "{\"type\":\"object\"}");

    @BeforeEach
    void announce() {
        Workers.announce(type);
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private Map<String, Object> shown() {
        List<Map<String, Object>> items = operator()
                .get("/operations/queues")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("items");
        return items.stream()
                .filter(item -> queue.equals(item.get("queue")))
                .findFirst()
                .orElseThrow();
    }

    private boolean renewedAndPaused(Holder worker) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return LeaseTable.renew(connection, worker, TTL, List.of()).paused();
        }
    }

    @Test
    void whatWaitsIsCountedAndAged() {
        assertEquals(0, shown().get("depth"));
        assertFalse(shown().containsKey("oldest_age_seconds"));
        // What was there when it was first looked at came nobody knows when.
        await().atMost(PATIENCE).until(() -> shown().containsKey("rate_in"));
        for (int n = 0; n < 3; n++) {
            given().contentType("application/json")
                    .body("{\"type\":\"" + type.type() + "\",\"input\":{}}")
                    .post("/jobs")
                    .then()
                    .statusCode(202);
        }
        await().atMost(PATIENCE).until(() -> Integer.valueOf(3).equals(shown().get("depth")));
        await().atMost(PATIENCE).until(() -> age() > 1);
        await().atMost(PATIENCE).until(() -> shown().get("rate_in") instanceof Number rate && rate.doubleValue() > 0);
        assertEquals("0.0", String.valueOf(shown().get("rate_out")));
    }

    private double age() {
        return shown().get("oldest_age_seconds") instanceof Number seconds ? seconds.doubleValue() : -1;
    }

    @Test
    void itsWorkersAreCounted() throws SQLException {
        assertEquals(0, shown().get("workers"));
        renewedAndPaused(new Holder(UUID.randomUUID(), "one", queue, 8));
        renewedAndPaused(new Holder(UUID.randomUUID(), "two", queue, 4));
        await().atMost(PATIENCE).until(() -> Integer.valueOf(2).equals(shown().get("workers")));
        assertEquals(12, shown().get("slots"));
        assertEquals(0, shown().get("running"));
    }

    @Test
    void aPauseIsHeardByWorkersUntilItIsLifted() throws SQLException {
        Holder worker = new Holder(UUID.randomUUID(), "one", queue, 8);
        assertFalse(renewedAndPaused(worker));
        operator()
                .put("/operations/queues/" + queue + "/pause?reason=it burns")
                .then()
                .statusCode(204);
        assertTrue(renewedAndPaused(worker));
        Map<String, Object> paused = shown();
        assertEquals(true, paused.get("paused"));
        assertEquals("it burns", paused.get("reason"));
        assertTrue(paused.containsKey("paused_since") && paused.containsKey("paused_by"), paused.toString());
        operator().delete("/operations/queues/" + queue + "/pause").then().statusCode(204);
        assertFalse(renewedAndPaused(worker));
        assertEquals(false, shown().get("paused"));
        operator()
                .delete("/operations/queues/" + queue + "/pause")
                .then()
                .statusCode(404)
                .body("detail", containsString("paused"));
    }

    @Test
    void aQueueThatNoTypeIsOnIsNotPaused() {
        operator()
                .put("/operations/queues/no-such/pause")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void aReasonHasItsLimits() {
        for (String reason : List.of(" ", "a\u0000b", "x".repeat(256))) {
            operator()
                    .put("/operations/queues/" + queue + "/pause?reason=" + reason)
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("/problems/invalid-parameter"));
        }
        assertEquals(false, shown().get("paused"));
    }

    @Test
    void itIsForOperatorsAlone() {
        String path = "/operations/queues/" + queue + "/pause";
        given().get("/operations/queues").then().statusCode(401);
        given().header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"))
                .put(path)
                .then()
                .statusCode(403);
        given().header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"))
                .delete(path)
                .then()
                .statusCode(403);
        assertEquals(false, shown().get("paused"));
    }
}
