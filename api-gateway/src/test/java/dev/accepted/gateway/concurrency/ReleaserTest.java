package dev.accepted.gateway.concurrency;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What waits for a limit goes when there is room, and not before; each test has a tenant of its own. */
@GatewayTest
class ReleaserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OPERATOR = Tokens.bearer("fleet", "operations");
    private static final JobTypeDescriptor TYPE =
            Workers.type("limited.type", "limited-queue", null, "{\"type\":\"object\"}");

    @Inject
    JobsInTheLog jobs;

    @Inject
    Limited limited;

    @Inject
    Instance<Release> releases;

    @BeforeAll
    static void announce() {
        Workers.announceAll(TYPE);
    }

    private static Jobs of(Limit tenant) {
        return Jobs.of(TYPE, tenant.name(), Instant.now());
    }

    private List<Jobs> waiting(Limit tenant, int number) throws SQLException {
        List<Jobs> waiting = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            waiting.add(limited.waiting(of(tenant), JobFacts.NONE, tenant));
        }
        return waiting;
    }

    private boolean isSent(Jobs job, int attempt) {
        return jobs.state(job).dispatched() == attempt;
    }

    private static long timesSent(Jobs job) {
        return LogView.of(Topics.commands(TYPE.queue())).stream()
                .filter(entry -> entry.key().equals(job.id().text()))
                .count();
    }

    private static String reader(Limit tenant) {
        return Tokens.bearer(tenant.name(), "jobs:read jobs:write");
    }

    @Test
    void whatWaitsIsSentWhenOneOfItsLimitEnds() throws Exception {
        Limit tenant = Limited.tenant("limited-one");
        limited.set(tenant, 1);
        Jobs first = jobs.send(of(tenant), 1, JobFacts.NONE);
        assertTrue(limited.begins(first, 1));
        Jobs second = limited.waiting(of(tenant), JobFacts.NONE, tenant);
        assertEquals(tenant, jobs.state(second).timer().orElseThrow().heldBy());
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> !isSent(second, 2));
        limited.ends(first, 1);
        await().atMost(PATIENCE).until(() -> isSent(second, 2));
        await().atMost(PATIENCE).until(() -> !jobs.hasTimer(second));
        assertTrue(limited.begins(second, 2));
        assertFalse(limited.begins(second, 2), "whoever comes second gets nothing");
    }

    @Test
    void aHigherLimitLetsAsManyGoAndThoseFirstThatWaitLongest() throws Exception {
        Limit tenant = Limited.tenant("limited-raised");
        limited.set(tenant, 0);
        List<Jobs> waiting = waiting(tenant, 5);
        limited.set(tenant, 2);
        await().atMost(PATIENCE).until(() -> isSent(waiting.get(0), 2) && isSent(waiting.get(1), 2));
        await().during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .until(() -> waiting.subList(2, 5).stream().noneMatch(job -> isSent(job, 2)));
        assertTrue(limited.begins(waiting.get(0), 2));
        assertTrue(limited.begins(waiting.get(1), 2));
    }

    @Test
    void aLimitThatIsTakenAwayLetsAllGo() throws Exception {
        Limit tenant = Limited.tenant("limited-no-more");
        limited.set(tenant, 0);
        List<Jobs> waiting = waiting(tenant, 5);
        given().header("Authorization", OPERATOR)
                .delete("/operations/limits/tenants/" + tenant.name())
                .then()
                .statusCode(204);
        await().atMost(PATIENCE).until(() -> waiting.stream().allMatch(job -> isSent(job, 2)));
        for (Jobs job : waiting) {
            assertTrue(limited.begins(job, 2));
        }
    }

    @Test
    void whoIsHeldBackOnceMoreIsStillTheFirst() throws Exception {
        Limit tenant = Limited.tenant("limited-twice");
        limited.set(tenant, 0);
        List<Jobs> waiting = waiting(tenant, 2);
        limited.set(tenant, 1);
        await().atMost(PATIENCE).until(() -> isSent(waiting.get(0), 2));
        limited.set(tenant, 0);
        assertFalse(limited.begins(waiting.get(0), 2));
        limited.heldBack(waiting.get(0), 2, tenant);
        limited.set(tenant, 1);
        await().atMost(PATIENCE).until(() -> isSent(waiting.get(0), 3));
        assertFalse(isSent(waiting.get(1), 2));
    }

    @Test
    void anotherTenantGoesPastIt() throws Exception {
        Limit tenant = Limited.tenant("limited-and-passed");
        limited.set(tenant, 0);
        waiting(tenant, 1);
        Jobs other = jobs.send(of(Limited.tenant("passing")), 1, JobFacts.NONE);
        assertTrue(limited.begins(other, 1));
    }

    @Test
    void ofManyGatewaysThatLookEachIsSentOnce() throws Exception {
        Limit tenant = Limited.tenant("limited-shared");
        limited.set(tenant, 0);
        List<Jobs> waiting = waiting(tenant, 10);
        List<Release> gateways = List.of(releases.get(), releases.get(), releases.get());
        limited.drop(tenant);
        CompletableFuture.allOf(gateways.stream()
                        .map(gateway -> CompletableFuture.runAsync(() -> {
                            for (int n = 0; n < 10; n++) {
                                look(gateway);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();
        gateways.forEach(releases::destroy);
        await().atMost(PATIENCE).until(() -> waiting.stream().allMatch(job -> isSent(job, 2)));
        for (Jobs job : waiting) {
            assertEquals(2, timesSent(job), "the first time it was held back");
        }
    }

    private static void look(Release gateway) {
        try {
            gateway.release();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void itsClientSeesThatItWaitsAndForWhat() throws Exception {
        Limit tenant = Limited.tenant("limited-and-seen");
        limited.set(tenant, 0);
        Jobs job = waiting(tenant, 2).get(1);
        Instant before = Instant.now().minusMillis(1);
        String start = given().header("Authorization", reader(tenant))
                .get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .body("status", is("queued"))
                .body("position_in_queue", not(nullValue()))
                .body("$", not(hasKey("next_attempt_at")))
                .extract()
                .path("estimated_start_time");
        assertTrue(Instant.parse(start).isAfter(before), start);
        given().header("Authorization", reader(tenant))
                .get("/jobs/" + job.id() + "/timeline")
                .then()
                .statusCode(200)
                .body("entries.event", equalTo(List.of("accepted", "held-back")))
                .body("entries[1].reason", is("As many jobs of tenant limited-and-seen run as may at once."))
                .body("entries[1].worker", is("worker-1"));
    }

    @Test
    void oneThatWaitsIsCancelledAtOnce() throws Exception {
        Limit tenant = Limited.tenant("limited-and-cancelled");
        limited.set(tenant, 0);
        Jobs job = waiting(tenant, 1).get(0);
        given().header("Authorization", reader(tenant))
                .delete("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .body("status", is("cancelled"));
        assertFalse(jobs.hasTimer(job));
        limited.drop(tenant);
        assertFalse(limited.begins(job, 2));
    }

    @Test
    void oneWhoseDeadlinePassesWhileItWaitsExpires() throws Exception {
        Limit tenant = Limited.tenant("limited-and-late");
        limited.set(tenant, 0);
        Instant deadline = Instant.now().plusSeconds(4);
        JobFacts facts = new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null);
        Jobs job = limited.waiting(of(tenant), facts, tenant);
        JobState ended = jobs.until(job, state -> state.status().done());
        assertEquals(Status.EXPIRED, ended.status());
        assertFalse(jobs.hasTimer(job));
    }

    @Test
    void oneThatWaitsIsMovedByNobody() throws Exception {
        Limit tenant = Limited.tenant("limited-and-moved");
        limited.set(tenant, 0);
        Jobs job = waiting(tenant, 1).get(0);
        given().header("Authorization", reader(tenant))
                .header("If-Match", "*")
                .contentType("application/json")
                .body("{\"scheduled_time\":\"" + Instant.now().plusSeconds(60) + "\"}")
                .patch("/jobs/" + job.id())
                .then()
                .statusCode(409)
                .body("type", containsString("job-already-dispatched"));
    }

    @Test
    void oneThatWaitsIsUnderATimerToTheAudit() throws Exception {
        Limit tenant = Limited.tenant("limited-and-audited");
        limited.set(tenant, 0);
        Jobs job = waiting(tenant, 1).get(0);
        given().header("Authorization", OPERATOR)
                .get("/operations/audit")
                .then()
                .statusCode(200)
                .body("stranded.job_id", not(hasItem(job.id().text())))
                .body("unfinished.under_timer", is(org.hamcrest.Matchers.greaterThan(0)));
        assertTrue(jobs.hasTimer(job));
    }
}
