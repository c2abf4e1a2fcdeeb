package dev.accepted.gateway.quota;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class QuotaTest {

    private static final JobTypeDescriptor TYPE = Workers.type("quota.test", "quota-test", null, "{}");

    @Inject
    JobsInTheLog jobs;

    @Inject
    Backlog backlog;

    @BeforeAll
    static void announce() {
        Workers.announce(TYPE);
    }

    private static ValidatableResponse submit(String tenant, String input) {
        return given().header("Authorization", Tokens.bearer(tenant, "jobs:write"))
                .contentType("application/json")
                .body("{\"type\":\"quota.test\",\"input\":" + input + "}")
                .post("/jobs")
                .then();
    }

    private static int commands() {
        return LogView.of(Topics.commands(TYPE.queue())).size();
    }

    @Test
    void whoHasNoLimitIsToldOfNone() {
        submit("quota-none", "{}")
                .statusCode(202)
                .header("RateLimit", nullValue())
                .header("RateLimit-Policy", nullValue());
    }

    @Test
    void requestsBeyondTheRateAreRefusedAndLeaveNothingInTheLog() {
        for (int left = 2; left >= 0; left--) {
            submit("quota-rate", "{}")
                    .statusCode(202)
                    .header("RateLimit-Policy", "\"requests\";q=3;w=600")
                    .header("RateLimit", matchesPattern("\"requests\";r=" + left + ";t=[1-9][0-9]*"));
        }
        int before = commands();
        submit("quota-rate", "{}")
                .statusCode(429)
                .contentType("application/problem+json")
                .body("type", endsWith("/problems/quota-exceeded"))
                .body("violated_policies", contains("requests"))
                .header("RateLimit", matchesPattern("\"requests\";r=0;t=[1-9][0-9]*"))
                .header("Retry-After", matchesPattern("[1-9][0-9]?"));
        assertEquals(before, commands());
        given().header("Authorization", Tokens.bearer("quota-rate", "jobs:read"))
                .get("/jobs")
                .then()
                .statusCode(200);
    }

    @Test
    void bytesBeyondTheRateAreRefused() {
        String input = "{\"a\":\"" + "x".repeat(1_500) + "\"}";
        submit("quota-bytes", input)
                .statusCode(202)
                .header("RateLimit-Policy", "\"bytes\";q=2000;qu=\"content-bytes\";w=600");
        submit("quota-bytes", input)
                .statusCode(429)
                .body("violated_policies", contains("bytes"))
                .header("Retry-After", matchesPattern("[1-9][0-9]?"));
        submit("quota-bytes", "{}").statusCode(202);
    }

    @Test
    void unfinishedJobsBeyondTheLimitAreRefusedUntilSomeHaveEnded() {
        List<Jobs> waiting = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            waiting.add(jobs.send(TYPE, "quota-queue", 1, JobFacts.NONE));
        }
        backlog.unfinished("quota-queue", 4);
        await().atMost(Duration.ofSeconds(20)).until(() -> backlog.unfinished("quota-queue", 4) >= 4);
        submit("quota-queue", "{}")
                .statusCode(429)
                .body("type", endsWith("/problems/queue-full"))
                .body("queue_limit", is(4))
                .body("queue_depth", greaterThanOrEqualTo(4))
                .header("Retry-After", matchesPattern("[1-9][0-9]?"));
        Instant now = Instant.now();
        for (Jobs job : waiting) {
            jobs.tell(job, 1, new Happening.Succeeded("w", now, null, Map.of()), Status.SUCCEEDED);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> submit("quota-queue", "{}").extract().statusCode() == 202);
    }

    @Test
    void whatThisGatewayAcceptedCountsBeforeTheTableHasIt() {
        int sent = 30;
        int accepted = 0;
        for (int n = 0; n < sent; n++) {
            accepted += submit("quota-burst", "{}").extract().statusCode() == 202 ? 1 : 0;
        }
        assertTrue(accepted >= 5 && accepted < sent, "accepted: " + accepted);
    }
}
