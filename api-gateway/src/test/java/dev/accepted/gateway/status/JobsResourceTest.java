package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class JobsResourceTest {

    @Inject
    Rows rows;

    private final Instant now = Instant.now();

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Jobs report() {
        return Jobs.of(Workers.REPORT, "local", Instant.now());
    }

    @Test
    void aJobThatRunsIsShownWithItsTagAndWhenToAskAgain() throws SQLException {
        Jobs job = report();
        rows.insert(job.started(now));

        given().get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("ETag", "\"2\"")
                .header("Cache-Control", "private, no-cache")
                .header("Vary", containsString("Authorization"))
                .header("Retry-After", matchesPattern("[1-9]|[1-5][0-9]|60"))
                .body("job_id", is(job.id().text()))
                .body("status", is("processing"))
                .body("done", is(false))
                .body("estimated_completion_time", notNullValue());
    }

    @Test
    void headSaysTheSameWithoutABody() throws SQLException {
        Jobs job = report();
        rows.insert(job.started(now));

        given().head("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body(is(""));
    }

    @Test
    void aFinishedJobNeedsNotBeAskedForAgain() throws SQLException {
        Jobs job = report();
        rows.insert(job.succeeded(now));

        given().get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .header("Retry-After", nullValue())
                .body("status", is("succeeded"))
                .body("result.content_type", is("application/pdf"))
                .body("position_in_queue", nullValue());
    }

    @Test
    void whatTheClientHasIsNotSentAgainUntilItChanges() throws SQLException {
        Jobs job = report();
        JobState accepted = job.accepted(JobFacts.NONE);
        rows.insert(accepted);

        given().header("If-None-Match", "W/\"1\"")
                .get("/jobs/" + job.id())
                .then()
                .statusCode(304)
                .header("ETag", "\"1\"")
                .header("Cache-Control", "private, no-cache")
                .body(is(""));

        rows.update(job.then(accepted, 1, now, new Happening.Started("w", now)));
        given().header("If-None-Match", "\"1\"")
                .get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
    }

    @Test
    void aForeignJobIsAsUnknownAsOneThatNeverWas() throws SQLException {
        Jobs foreign = Jobs.of(Workers.REPORT, "acme", now);
        rows.insert(foreign.started(now));
        String id = foreign.id().text();
        String forged = id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");

        for (String unknown : new String[] {id, forged, "job-1", "x", "job-" + "0".repeat(34)}) {
            given().get("/jobs/" + unknown)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .header("Cache-Control", "no-store")
                    .body("type", containsString("/problems/job-not-found"));
        }
        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .get("/jobs/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void aRowThatComesALittleLaterIsWaitedFor() throws Exception {
        Jobs job = report();
        CompletableFuture<Void> later = CompletableFuture.runAsync(
                () -> {
                    try {
                        rows.insert(job.started(now));
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        given().get("/jobs/" + job.id()).then().statusCode(200).body("status", is("processing"));
        later.get();
    }

    @Test
    void anIdAloneIsEnoughToSayThatItsJobWaits() {
        Jobs job = report();

        given().get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .time(allOf(greaterThan(900L), lessThan(5_000L)))
                .header("ETag", "\"0\"")
                .body("job_id", is(job.id().text()))
                .body("status", is("queued"))
                .body("position_in_queue", is(0))
                .body("estimated_start_time", notNullValue())
                .body("type", nullValue());
    }

    @Test
    void theIdOfACampaignTellsItsType() {
        Jobs job = Jobs.of(Workers.CAMPAIGN, "local", now);

        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get("/jobs/" + job.id())
                .then()
                .statusCode(200)
                .body("type", is("email.campaign"))
                .body("campaign_id", is(job.id().text()))
                .body("sent_count", is(0));
    }

    @Test
    void pastItsRetentionAJobIsGone() {
        Jobs job = Jobs.of(Workers.REPORT, "local", now.minus(Duration.ofDays(31)));

        given().get("/jobs/" + job.id())
                .then()
                .statusCode(410)
                .body("type", containsString("/problems/job-gone"))
                .body("detail", not(containsString("null")));
    }

    @Test
    void aJobThatShouldLongBeThereButIsNotIsNotPretended() {
        Jobs job = Jobs.of(Workers.REPORT, "local", now.minus(Duration.ofHours(1)));

        given().get("/jobs/" + job.id()).then().statusCode(404).body("type", containsString("/problems/job-not-found"));
    }

    @Test
    void campaignsAreShownToThoseWhoMayReadThem() throws SQLException {
        Jobs campaign = Jobs.of(Workers.CAMPAIGN, "local", now);
        rows.insert(campaign.started(now));
        String path = "/jobs/" + campaign.id();

        given().get(path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer realm=\"jobs\""))
                .body("type", containsString("/problems/authentication-required"));
        given().header("Authorization", Tokens.bearer("local", "jobs:read jobs:write"))
                .get(path)
                .then()
                .statusCode(403)
                .body("scope", is("campaigns:write"));
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get(path)
                .then()
                .statusCode(200);
    }

    @Test
    void readingJobsNeedsARightToThem() throws SQLException {
        Jobs job = report();
        rows.insert(job.started(now));

        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get("/jobs/" + job.id())
                .then()
                .statusCode(403)
                .body("scope", is("jobs:read"));
        given().header("Authorization", Tokens.bearer("local", "jobs:write"))
                .get("/jobs/" + job.id())
                .then()
                .statusCode(200);
    }

    @Test
    void aCampaignIsReadAtItsOwnPathToo() throws SQLException {
        Jobs campaign = Jobs.of(Workers.CAMPAIGN, "local", now);
        rows.insert(campaign.started(now));
        String path = "/campaigns/" + campaign.id() + "/status";
        String bearer = Tokens.bearer("local", "campaigns:write");

        given().header("Authorization", bearer)
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("campaign_id", is(campaign.id().text()))
                .body("status_url", is(path));
        given().header("Authorization", bearer)
                .head(path)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        given().header("Authorization", bearer)
                .header("If-None-Match", "\"2\"")
                .get(path)
                .then()
                .statusCode(304);
    }

    @Test
    void whoTakesNoJsonIsToldWhatThereIs() throws SQLException {
        Jobs job = report();
        rows.insert(job.started(now));

        for (String path : new String[] {"/jobs/" + job.id(), "/jobs"}) {
            given().accept("text/html")
                    .get(path)
                    .then()
                    .statusCode(406)
                    .body("type", containsString("/problems/not-acceptable"))
                    .body("available", is(List.of("application/json")));
        }
    }
}
