package dev.accepted.gateway.cancel;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.lease.LeaseTable.Held;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job whose type says that it cannot be cancelled. */
@GatewayTest
class NotCancellableTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final JobTypeDescriptor PAYOUT =
            Workers.notCancellable(Workers.type("payout.send", "reports", null, "{\"type\":\"object\"}"));

    @Inject
    JobsInTheLog jobs;

    @BeforeAll
    static void announce() {
        Workers.announceAll(PAYOUT);
    }

    @Test
    void whileItWaitsItIsNotTakenFromTheWorkers() throws Exception {
        Jobs job = jobs.send(PAYOUT, "local", 1, JobFacts.NONE);
        refused(given().post("/jobs/" + job.id() + "/cancel").then());
        refused(given().delete("/jobs/" + job.id()).then());
        assertTrue(jobs.claim(job, 1));
    }

    @Test
    void whileItRunsItsWorkerIsNotTold() throws Exception {
        Jobs job = running();
        refused(given().delete("/jobs/" + job.id()).then());
        assertEquals(Map.of(new Held(job.id().uuid(), 1), false), jobs.renew(job, 1));
    }

    @Test
    void onceItHasEndedThatIsWhatIsSaid() throws Exception {
        Jobs job = running();
        jobs.tell(job, 1, new Happening.Succeeded("worker-1", BEGAN, null, Map.of()), Status.SUCCEEDED);
        given().delete("/jobs/" + job.id())
                .then()
                .statusCode(409)
                .body("type", containsString("/problems/job-already-finished"));
    }

    private Jobs running() throws Exception {
        Jobs job = jobs.send(PAYOUT, "local", 1, JobFacts.NONE);
        assertTrue(jobs.claim(job, 1));
        jobs.tell(job, 1, new Happening.Started("worker-1", BEGAN), Status.PROCESSING);
        return job;
    }

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(409)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", containsString("/problems/job-not-cancellable"));
    }
}
