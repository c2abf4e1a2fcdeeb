package dev.accepted.gateway.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Happening.AttemptLost.Cause;
import dev.accepted.contract.job.JobError;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class TimelineTest {

    private final Instant accepted = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    private final Jobs job = Jobs.of(Workers.REPORT, "local", accepted);

    @Inject
    Rows rows;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Instant at(int seconds) {
        return accepted.plusSeconds(seconds);
    }

    private static List<String> events(JsonNode timeline) {
        List<String> events = new ArrayList<>();
        timeline.path("entries").forEach(entry -> events.add(entry.path("event").textValue()));
        return events;
    }

    @Test
    void everythingIsToldInItsOrder() {
        Instant scheduled = at(1);
        JobFacts facts = new JobFacts(scheduled, at(900), null, Map.of(), Map.of(), Map.of(), null)
                .tracedBy("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        JobState state = job.accepted(facts);
        state = job.then(state, 1, at(2), new Happening.Started("worker-1", at(2)));
        JobError full = JobError.failed("The disk is full.");
        state = job.then(
                state,
                1,
                at(3),
                new Happening.AttemptFailed("worker-1", at(2), full, Duration.ofSeconds(30), Map.of()));
        state = job.then(state, 2, at(40), new Happening.AttemptLost("worker-2", at(35), "gone", Cause.WORKER_GONE));
        state = job.then(state, 3, at(50), new Happening.Started("worker-3", at(50)));
        state = job.then(state, 3, at(60), new Happening.CancelRequested(true, "a mistake"));

        JsonNode told = Timeline.of(state);
        assertEquals(
                List.of("accepted", "attempt-failed", "attempt-lost", "started", "cancel-requested"), events(told));
        JsonNode first = told.at("/entries/0");
        assertEquals(accepted.toString(), first.path("time").textValue());
        assertEquals(scheduled.toString(), first.path("scheduled_time").textValue());
        assertEquals(at(900).toString(), first.path("deadline").textValue());
        assertEquals("0af7651916cd43dd8448eb211c80319c", first.path("trace_id").textValue());
        assertFalse(first.has("position"), "a later command took its place");
        JsonNode failed = told.at("/entries/1");
        assertEquals(1, failed.path("attempt").intValue());
        assertEquals("worker-1", failed.path("worker").textValue());
        assertEquals(at(2).toString(), failed.path("started_at").textValue());
        assertEquals(at(3).toString(), failed.path("time").textValue());
        assertEquals(at(33).toString(), failed.path("next_attempt_at").textValue());
        assertEquals("The disk is full.", failed.at("/error/detail").textValue());
        assertEquals("/problems/job-failed", failed.at("/error/type").textValue());
        assertEquals("jobs.events", failed.at("/position/topic").textValue());
        assertTrue(failed.at("/position/offset").isIntegralNumber());
        assertEquals("/problems/attempt-lost", told.at("/entries/2/error/type").textValue());
        assertEquals("worker-3", told.at("/entries/3/worker").textValue());
        assertEquals("a mistake", told.at("/entries/4/reason").textValue());
        assertFalse(told.has("truncated"));

        state = job.then(state, 3, at(70), new Happening.Cancelled("worker-3", at(50)));
        assertEquals(
                List.of("accepted", "attempt-failed", "attempt-lost", "cancel-requested", "cancelled"),
                events(Timeline.of(state)));
    }

    @Test
    void whatWasJustAcceptedHasAPlaceInTheLogAndNothingElse() {
        JsonNode told = Timeline.of(job.accepted(JobFacts.NONE));
        assertEquals(List.of("accepted"), events(told));
        assertEquals(
                "jobs.commands.reports", told.at("/entries/0/position/topic").textValue());
    }

    @Test
    void aLongStoryIsToldFromItsEnd() {
        JobState state = job.accepted(JobFacts.NONE);
        for (int n = 1; n <= 60; n++) {
            state = job.then(state, n, at(n), new Happening.AttemptLost("w", null, "stopped", Cause.HANDED_BACK));
        }
        JsonNode told = Timeline.of(state);
        assertTrue(told.path("truncated").booleanValue());
        assertEquals(51, told.path("entries").size());
        assertEquals(60, told.at("/entries/50/attempt").intValue());
    }

    @Test
    void itIsServedAsTheJobIs() throws SQLException {
        rows.insert(job.started(accepted));
        String path = "/jobs/" + job.id() + "/timeline";
        given().get(path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("ETag", "\"2\"")
                .header("Cache-Control", "private, no-cache")
                .body("job_id", is(job.id().text()))
                .body("entries.event", is(List.of("accepted", "started")));
        given().header("If-None-Match", "\"2\"")
                .get(path)
                .then()
                .statusCode(304)
                .body(is(""));
        given().header("Authorization", Tokens.bearer("acme", "jobs:read"))
                .get(path)
                .then()
                .statusCode(404);
        given().header("Authorization", Tokens.bearer("local", "campaigns:write"))
                .get(path)
                .then()
                .statusCode(403);
        given().post(path).then().statusCode(405);
    }
}
