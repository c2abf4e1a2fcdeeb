package dev.accepted.gateway.bulk;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Happening;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.store.bulk.BatchTable;
import dev.accepted.store.transaction.Transaction;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How the jobs of a batch stand, and who may see it. */
@GatewayTest
class BatchStatusTest {

    private final Instant now = Instant.now();

    @Inject
    BatchIds ids;

    @Inject
    IdSeal seal;

    @Inject
    Rows rows;

    @Inject
    DataSource database;

    private final String tenant = "t-" + UUID.randomUUID();

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private void note(JobId batch, int accepted, int rejected, int replayed) throws SQLException {
        Transaction.run(database, connection -> {
            BatchTable.insert(connection, new BatchTable.Batch(batch.uuid(), tenant, accepted, rejected, replayed));
            return true;
        });
    }

    private Jobs job() {
        return Jobs.of(Workers.REPORT, tenant, Instant.now());
    }

    private ValidatableResponse get(String id) {
        return given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .get("/batches/" + id)
                .then();
    }

    @Test
    void aBatchWhoseRowsAreNotThereYetIsQueued() throws Exception {
        JobId batch = ids.next(tenant);
        note(batch, 50_000, 7, 0);
        get(batch.text())
                .statusCode(200)
                .header("Retry-After", matchesRegex("[1-9][0-9]*"))
                .header("Cache-Control", "private, no-cache")
                .body("batch_id", is(batch.text()))
                .body("status_url", is("/batches/" + batch))
                .body("done", is(false))
                .body("accepted_count", is(50_000))
                .body("rejected_count", is(7))
                .body("replayed_count", nullValue())
                .body("counts.queued", is(50_000))
                .body("counts.succeeded", is(0));
    }

    @Test
    void itsJobsAreCountedByTheirStatus() throws Exception {
        JobId batch = ids.next(tenant);
        JobFacts facts = JobFacts.NONE.inBatch(batch.text());
        note(batch, 4, 0, 1);
        Jobs first = job();
        Jobs second = job();
        rows.insert(first.accepted(facts), second.accepted(facts), job().accepted(JobFacts.NONE));
        String tag = get(batch.text())
                .body("counts.queued", is(3))
                .body("accepted_count", is(4))
                .body("replayed_count", is(1))
                .body("done", is(false))
                .extract()
                .header("ETag");
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .header("If-None-Match", tag)
                .get("/batches/" + batch)
                .then()
                .statusCode(304);
        rows.update(first.then(
                first.accepted(facts), 1, now, new Happening.Succeeded("w", now, Jobs.RESULT, java.util.Map.of())));
        rows.update(second.then(second.accepted(facts), 1, now, new Happening.Started("w", now)));
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .header("If-None-Match", tag)
                .get("/batches/" + batch)
                .then()
                .statusCode(200)
                .body("counts.succeeded", is(1))
                .body("counts.processing", is(1))
                .body("counts.queued", is(1));
    }

    @Test
    void aBatchOfWhichEveryJobHasEndedIsDone() throws Exception {
        JobId batch = ids.next(tenant);
        note(batch, 1, 0, 0);
        Jobs only = job();
        rows.insert(only.then(
                only.accepted(JobFacts.NONE.inBatch(batch.text())),
                1,
                now,
                new Happening.Rejected("w", now, "/x", "no")));
        get(batch.text())
                .header("Retry-After", nullValue())
                .body("done", is(true))
                .body("counts.rejected", is(1))
                .body("counts.queued", is(0));
    }

    @Test
    void aBatchWhoseSizeCouldNotBeNotedIsCountedByItsRows() throws Exception {
        JobId batch = ids.next(tenant);
        Jobs only = job();
        rows.insert(only.then(
                only.accepted(JobFacts.NONE.inBatch(batch.text())),
                1,
                now,
                new Happening.Rejected("w", now, "/x", "no")));
        get(batch.text())
                .statusCode(200)
                .body("accepted_count", is(1))
                .body("rejected_count", nullValue())
                .body("done", is(false));
    }

    @Test
    void anotherTenantsBatchIsAsUnknownAsOneThatNeverWas() throws Exception {
        JobId batch = ids.next(tenant);
        note(batch, 1, 0, 0);
        JobId job = job().id();
        for (String id : new String[] {
            batch.text(),
            job.text(),
            "batch-1",
            "x",
            seal.seal("batch", batch.uuid(), "local").text()
        }) {
            given().get("/batches/" + id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .header("Cache-Control", "no-store")
                    .body("type", containsString("/problems/batch-not-found"));
        }
        given().header("Authorization", Tokens.bearer(tenant, "jobs:read"))
                .get("/jobs/" + batch)
                .then()
                .statusCode(404)
                .body("type", containsString("/problems/job-not-found"));
        given().header("Authorization", Tokens.bearer(tenant, "other"))
                .get("/batches/" + batch)
                .then()
                .statusCode(403);
    }

    @Test
    void aBatchOlderThanJobsAreKeptIsGone() {
        Clock past = Clock.fixed(now.minus(Duration.ofDays(31)), ZoneOffset.UTC);
        JobId old = new BatchIds(new UuidV7(past, new java.util.Random(1)), seal).next(tenant);
        get(old.text()).statusCode(410).body("type", containsString("/problems/batch-gone"));
    }
}
