package dev.accepted.gateway.workers;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.fixture.Jobs;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators see of worker processes, and that a worker hears that it is drained. */
@GatewayTest
class WorkersTest {

    private static final Duration TTL = Duration.ofSeconds(30);

    @Inject
    DataSource database;

    private final String queue = "q" + UUID.randomUUID().toString().substring(0, 8);
    private final Holder worker = new Holder(UUID.randomUUID(), "worker-a", queue, 8);
    private final Holder other = new Holder(UUID.randomUUID(), "worker-b", queue, 4);

    @BeforeEach
    void begin() throws SQLException {
        assertFalse(renewedAndDrained(worker));
        assertFalse(renewedAndDrained(other));
    }

    private static RequestSpecification operator() {
        return given().header("Authorization", Tokens.bearer("fleet", "operations"));
    }

    private static String drain(Holder of) {
        return "/operations/workers/" + of.holder() + "/drain";
    }

    private boolean renewedAndDrained(Holder by) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return LeaseTable.renew(connection, by, TTL, List.of()).draining();
        }
    }

    private Optional<Map<String, Object>> listed(Holder wanted) {
        List<Map<String, Object>> items = operator()
                .get("/operations/workers")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("items");
        return items.stream()
                .filter(item -> wanted.holder().toString().equals(item.get("worker_id")))
                .findFirst();
    }

    private Map<String, Object> shown(Holder wanted) {
        return listed(wanted).orElseThrow();
    }

    @Test
    void whoIsThereIsListedWithWhatItRuns() throws SQLException {
        Jobs job = Jobs.of(Workers.REPORT, "acme", Instant.now());
        Position at = Objects.requireNonNull(job.accepted(JobFacts.NONE).command());
        try (Connection connection = database.getConnection()) {
            assertEquals(
                    1,
                    LeaseTable.claim(connection, worker, TTL, List.of(job.claimed(1, at)))
                            .size());
        }
        Map<String, Object> one = shown(worker);
        assertEquals("worker-a", one.get("name"));
        assertEquals(queue, one.get("queue"));
        assertEquals(List.of(8, 1), List.of(one.get("slots"), one.get("running")));
        assertEquals(false, one.get("draining"));
        assertTrue(Instant.parse(String.valueOf(one.get("seen_until"))).isAfter(Instant.now()));
        assertFalse(one.containsKey("draining_since") || one.containsKey("reason") || one.containsKey("drained_by"));
        assertEquals(0, shown(other).get("running"));
    }

    @Test
    void oneWorkerIsDrainedUntilItIsLetGoOn() throws SQLException {
        operator().put(drain(worker) + "?reason=a bad disk").then().statusCode(204);
        assertTrue(renewedAndDrained(worker));
        assertFalse(renewedAndDrained(other));
        Map<String, Object> drained = shown(worker);
        assertEquals(true, drained.get("draining"));
        assertEquals("a bad disk", drained.get("reason"));
        assertEquals("somebody", drained.get("drained_by"));
        Object since = drained.get("draining_since");
        operator().put(drain(worker)).then().statusCode(204);
        assertEquals(since, shown(worker).get("draining_since"));
        assertFalse(shown(worker).containsKey("reason"));
        operator().delete(drain(worker)).then().statusCode(204);
        assertFalse(renewedAndDrained(worker));
        assertEquals(false, shown(worker).get("draining"));
        operator()
                .delete(drain(worker))
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("drained"));
    }

    @Test
    void whoGoesAwayTakesItsDrainWithIt() throws SQLException {
        operator().put(drain(worker)).then().statusCode(204);
        try (Connection connection = database.getConnection()) {
            LeaseTable.retire(connection, worker);
        }
        assertEquals(Optional.empty(), listed(worker));
        operator().put(drain(worker)).then().statusCode(404);
        Holder next = new Holder(UUID.randomUUID(), worker.name(), queue, 8);
        assertFalse(renewedAndDrained(next), "another process of the same name");
    }

    @Test
    void whatIsNoWorkerIsNotFound() {
        for (String id : List.of(UUID.randomUUID().toString(), "worker-a", "1-1-1-1-1", "%00")) {
            operator()
                    .urlEncodingEnabled(false)
                    .put("/operations/workers/" + id + "/drain")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
            operator()
                    .urlEncodingEnabled(false)
                    .delete("/operations/workers/" + id + "/drain")
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void aReasonHasItsLimits() throws SQLException {
        for (String reason : List.of(" ", "a\u0000b", "x".repeat(256))) {
            operator()
                    .put(drain(worker) + "?reason=" + reason)
                    .then()
                    .statusCode(400)
                    .body("type", endsWith("/problems/invalid-parameter"));
        }
        assertFalse(renewedAndDrained(worker));
    }

    @Test
    void itIsForOperatorsAlone() throws SQLException {
        given().get("/operations/workers").then().statusCode(401);
        given().put(drain(worker)).then().statusCode(401);
        for (String method : List.of("PUT", "DELETE")) {
            given().header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"))
                    .request(method, drain(worker))
                    .then()
                    .statusCode(403)
                    .body("scope", is("operations"));
        }
        assertFalse(renewedAndDrained(worker));
    }
}
