package dev.accepted.gateway.overview;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.EventReader;
import dev.accepted.gateway.http.EventReader.Event;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.watching.Places;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stream of how the fleet stands. */
@GatewayTest
class OverviewTest {

    private static final String PATH = "/operations/events";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MOST_EVENTS = 60;

    @Inject
    JobsInTheLog jobs;

    @Inject
    Places places;

    @Inject
    Sampling sampling;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private static EventReader open() throws Exception {
        return EventReader.open(PATH, "Authorization", Tokens.bearer("fleet", "operations"));
    }

    /** The next event of that name that is as wanted. */
    private static JsonNode next(EventReader stream, String name, Predicate<JsonNode> wanted) throws Exception {
        for (int read = 0; read < MOST_EVENTS; read++) {
            Event event = stream.next();
            assertEquals("", event.id());
            if (event.name().equals(name) && wanted.test(event.json())) {
                return event.json();
            }
        }
        throw new AssertionError("Nothing of what is waited for among " + MOST_EVENTS + " events");
    }

    /** The job's item among the events of jobs, once it has that status. */
    private static JsonNode item(EventReader stream, Jobs job, Status status) throws Exception {
        return items(next(
                        stream,
                        "jobs",
                        data -> items(data).stream().anyMatch(item -> isOf(item, job) && stands(item, status))))
                .stream()
                .filter(item -> isOf(item, job))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> items(JsonNode data) {
        return StreamSupport.stream(data.path("items").spliterator(), false).toList();
    }

    private static boolean isOf(JsonNode item, Jobs job) {
        return item.path("job_id").asText().equals(job.id().text());
    }

    private static boolean stands(JsonNode item, Status status) {
        return item.path("status").asText().equals(status.word());
    }

    @Test
    void howTheFleetStandsIsToldAtOnceAndEverySecond() throws Exception {
        try (EventReader stream = open()) {
            assertEquals(200, stream.status());
            assertEquals("text/event-stream", stream.header("Content-Type"));
            assertEquals("no-store", stream.header("Cache-Control"));
            Event first = stream.next();
            assertEquals("overview", first.name());
            JsonNode queues = first.json().path("queues");
            assertTrue(queues.findValuesAsText("queue").contains("reports"), queues.toString());
            assertTrue(queues.path(0).has("depth") && queues.path(0).has("paused"), queues.toString());
            List<String> words = List.of("succeeded", "failed", "cancelled", "rejected", "expired");
            words.forEach(word -> assertTrue(
                    first.json().path("finished_last_minute").path(word).isIntegralNumber(), word));
            JsonNode second = next(stream, "overview", data -> true);
            JsonNode third = next(stream, "overview", data -> true);
            Duration between = Duration.between(at(second), at(third));
            assertTrue(between.toMillis() >= 900 && between.toMillis() < 5_000, between::toString);
        }
    }

    private static Instant at(JsonNode overview) {
        return Instant.parse(overview.path("at").asText());
    }

    @Test
    void jobsThatChangeAreToldAsTheListHasThem() throws Exception {
        try (EventReader stream = open()) {
            next(stream, "overview", data -> true);
            next(stream, "overview", data -> true);
            Jobs job = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
            JsonNode shown =
                    items(next(stream, "jobs", data -> items(data).stream().anyMatch(i -> isOf(i, job)))).stream()
                            .filter(i -> isOf(i, job))
                            .findFirst()
                            .orElseThrow();
            assertEquals("acme", shown.path("tenant").asText());
            assertEquals("reports", shown.path("queue").asText());
            Instant now = Instant.now();
            jobs.tell(job, 1, new Happening.Started("worker-1", now));
            assertEquals(2, item(stream, job, Status.PROCESSING).path("version").asInt());
            jobs.tell(job, 1, new Happening.Succeeded("worker-1", now, null, Map.of()));
            assertEquals(3, item(stream, job, Status.SUCCEEDED).path("version").asInt());
            next(
                    stream,
                    "overview",
                    data -> data.at("/finished_last_minute/succeeded").asLong() > 0);
        }
    }

    @Test
    void atMostFiftyAreToldInASecondAndTheNewestAreAmongThem() throws Exception {
        try (EventReader stream = open()) {
            next(stream, "overview", data -> true);
            next(stream, "overview", data -> true);
            Jobs last = jobs.send(Workers.REPORT, "many", 1, JobFacts.NONE);
            try (LogFiller log = new LogFiller()) {
                for (int n = 0; n < 120; n++) {
                    last = Jobs.of(Workers.REPORT, "many", Instant.now());
                    log.command(last.command(1, JobFacts.NONE));
                }
            }
            Jobs newest = last;
            JsonNode data = next(stream, "jobs", d -> {
                assertTrue(items(d).size() <= 50, "" + items(d).size());
                return items(d).stream().anyMatch(item -> isOf(item, newest));
            });
            assertFalse(items(data).isEmpty());
        }
    }

    @Test
    void manyWhoFollowShareOneSampleAndWhoGoesAwayFreesItsPlace() throws Exception {
        int free = places.free();
        try (EventReader one = open();
                EventReader other = open()) {
            next(one, "overview", data -> true);
            String at = next(one, "overview", data -> true).path("at").asText();
            next(other, "overview", data -> data.path("at").asText().equals(at));
            assertEquals(2, sampling.followers());
            assertEquals(
                    1,
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().equals("overview"))
                            .count());
        }
        await().atMost(PATIENCE).until(() -> sampling.followers() == 0 && places.free() == free);
    }

    @Test
    void oneTooManyIsRefusedForAWhile() {
        int taken = 0;
        try {
            while (places.take()) {
                taken++;
            }
            given().header("Authorization", Tokens.bearer("fleet", "operations"))
                    .get(PATH)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json");
        } finally {
            for (; taken > 0; taken--) {
                places.giveBack();
            }
        }
    }

    @Test
    void itIsForOperatorsAlone() {
        given().get(PATH).then().statusCode(401);
        given().header("Authorization", Tokens.bearer("acme", "jobs:read jobs:write"))
                .get(PATH)
                .then()
                .statusCode(403)
                .body("scope", is("operations"));
        given().header("Authorization", Tokens.bearer("fleet", "operations"))
                .accept("application/json")
                .get(PATH)
                .then()
                .statusCode(406)
                .body("available[0]", is("text/event-stream"));
        given().header("Authorization", Tokens.bearer("fleet", "operations"))
                .head(PATH)
                .then()
                .statusCode(200)
                .contentType("text/event-stream");
    }
}
