package dev.accepted.gateway.sse;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.EventReader;
import dev.accepted.gateway.http.EventReader.Event;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Tokens;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.watching.Places;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams of a job's states. */
@GatewayTest
class EventsTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final Happening STARTED = new Happening.Started("worker-1", BEGAN);
    private static final Happening SUCCEEDED = new Happening.Succeeded("worker-1", BEGAN, Jobs.RESULT, Map.of());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    JobsInTheLog jobs;

    @Inject
    Places places;

    @Inject
    Streams streams;

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private Jobs report() {
        return jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
    }

    private static String events(Jobs job) {
        return "/jobs/" + job.id() + "/events";
    }

    private static Happening progress(double percent, String message) {
        return new Happening.Progressed("worker-1", BEGAN, new Progress(percent, message), Map.of(), null);
    }

    private static void expect(EventReader stream, String name, int version, String status) throws Exception {
        Event event = stream.next();
        assertEquals(name, event.name());
        assertEquals(Integer.toString(version), event.id());
        assertEquals(version, event.json().path("version").asInt());
        if (!status.isEmpty()) {
            assertEquals(status, event.json().path("status").asText());
        }
    }

    @Test
    void aJobIsFollowedFromItsSnapshotToItsEnd() throws Exception {
        Jobs job = report();
        int free = places.free();
        try (EventReader stream = EventReader.open(events(job))) {
            assertEquals(200, stream.status());
            assertEquals("text/event-stream", stream.header("Content-Type"));
            assertEquals("no-store", stream.header("Cache-Control"));
            expect(stream, "snapshot", 1, "");
            assertTrue(stream.retryMillis() >= 1_000 && stream.retryMillis() < 5_000, "" + stream.retryMillis());
            jobs.tell(job, 1, STARTED);
            expect(stream, "status", 2, "processing");
            jobs.tell(job, 1, progress(40, "charts"));
            Event progress = stream.next();
            assertEquals("progress", progress.name());
            assertEquals("charts", progress.json().at("/progress/message").asText());
            jobs.tell(
                    job,
                    1,
                    new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), Duration.ofHours(1), Map.of()));
            expect(stream, "status", 4, "queued");
            jobs.tell(job, 2, SUCCEEDED);
            expect(stream, "done", 5, "succeeded");
            assertTrue(stream.isClosed());
        }
        String body = given().get("/jobs/" + job.id()).asString();
        try (EventReader again = EventReader.open(events(job))) {
            assertEquals(Workers.json(body), again.next().json(), "one serializer");
        }
        await().atMost(PATIENCE).until(() -> places.free() == free);
    }

    @Test
    void aJobThatHasEndedIsToldOnceAndAReconnectIsToldThatThereIsNoMore() throws Exception {
        Jobs job = report();
        jobs.tell(job, 1, SUCCEEDED, Status.SUCCEEDED);
        try (EventReader stream = EventReader.open(events(job))) {
            expect(stream, "done", 2, "succeeded");
            assertTrue(stream.isClosed());
        }
        try (EventReader again = EventReader.open(events(job), "Last-Event-ID", "2")) {
            assertEquals(204, again.status());
        }
    }

    @Test
    void aBrokenStreamGoesOnWhereItBrokeOff() throws Exception {
        Jobs job = report();
        try (EventReader stream = EventReader.open(events(job))) {
            expect(stream, "snapshot", 1, "");
        }
        try (EventReader stream = EventReader.open(events(job), "Last-Event-ID", "1")) {
            jobs.tell(job, 1, STARTED);
            expect(stream, "status", 2, "processing");
        }
        jobs.tell(job, 1, progress(40, "missed"));
        jobs.tell(job, 1, SUCCEEDED, Status.SUCCEEDED);
        try (EventReader stream = EventReader.open(events(job), "Last-Event-ID", "2")) {
            expect(stream, "done", 4, "succeeded");
            assertTrue(stream.isClosed());
        }
        for (String nothingOfOurs : List.of("x", "-1", "99999999999999999999")) {
            try (EventReader stream = EventReader.open(events(job), "Last-Event-ID", nothingOfOurs)) {
                expect(stream, "done", 4, "succeeded");
            }
        }
    }

    @Test
    void anEndIsToldEvenToWhoClaimsToHaveSeenMore() throws Exception {
        Jobs job = report();
        try (EventReader stream = EventReader.open(events(job), "Last-Event-ID", "1000")) {
            jobs.tell(job, 1, STARTED);
            jobs.tell(job, 1, SUCCEEDED);
            expect(stream, "done", 3, "succeeded");
        }
    }

    @Test
    void whoReadsNothingHoldsUpNobodyAndGetsTheEndAllTheSame() throws Exception {
        Jobs job = report();
        String large = "x".repeat(100_000);
        int last = 80;
        try (EventReader quick = EventReader.open(events(job));
                Socket slow = openAndReadNothing(events(job))) {
            expect(quick, "snapshot", 1, "");
            for (int i = 1; i <= last; i++) {
                jobs.tell(job, 1, progress(i, i + large));
                Event event = quick.next();
                assertEquals(Integer.toString(1 + i), event.id());
            }
            jobs.tell(job, 1, SUCCEEDED);
            expect(quick, "done", last + 2, "succeeded");
            List<String> read = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .takeWhile(line -> !line.equals("event: done"))
                    .filter(line -> line.startsWith("event: "))
                    .toList();
            assertTrue(read.size() < last, "What it could not take was left out, but it got " + read.size());
        }
    }

    private static Socket openAndReadNothing(String path) throws IOException {
        URI gateway = URI.create(ConfigProvider.getConfig().getValue("test.url", String.class));
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void aQuietStreamSaysEveryFifteenSecondsThatItIsThere() throws Exception {
        try (EventReader stream = EventReader.open(events(report()))) {
            assertEquals(":", stream.comment(), "the first comes with the beginning");
            long began = System.nanoTime();
            assertEquals(":", stream.comment());
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            assertTrue(seconds >= 13, "after " + seconds + " s");
        }
    }

    @Test
    void whoGoesAwayFreesItsPlace() throws Exception {
        int open = streams.open();
        int free = places.free();
        EventReader stream = EventReader.open(events(report()));
        expect(stream, "snapshot", 1, "");
        assertEquals(open + 1, streams.open());
        stream.close();
        await().atMost(PATIENCE).until(() -> streams.open() == open && places.free() == free);
    }

    @Test
    void oneTooManyIsRefusedForAWhile() {
        Jobs job = report();
        int taken = 0;
        try {
            while (places.take()) {
                taken++;
            }
            given().get(events(job))
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", matchesRegex("[3-9]|1[0-2]"))
                    .body("type", containsString("/problems/temporary-reduced-capacity"));
        } finally {
            for (; taken > 0; taken--) {
                places.giveBack();
            }
        }
    }

    @Test
    void whoMayNotReadTheJobMayNotFollowIt() {
        Jobs foreign = jobs.send(Workers.REPORT, "acme", 1, JobFacts.NONE);
        given().get(events(foreign)).then().statusCode(404);
        given().post(events(foreign) + "/ticket").then().statusCode(404);
        Jobs campaign = jobs.send(Workers.CAMPAIGN, "local", 1, JobFacts.NONE);
        given().get(events(campaign)).then().statusCode(401);
        given().post(events(campaign) + "/ticket").then().statusCode(401);
        given().header("Authorization", Tokens.bearer("local", "jobs:read"))
                .get(events(campaign))
                .then()
                .statusCode(403)
                .body("scope", is("campaigns:write"));
    }

    @Test
    void aClientThatTakesNoEventsIsToldSo() {
        Jobs job = report();
        given().accept("application/json")
                .get(events(job))
                .then()
                .statusCode(406)
                .body("available[0]", is("text/event-stream"));
        given().head(events(job)).then().statusCode(200).contentType("text/event-stream");
        given().post(events(job)).then().statusCode(405).header("Allow", containsString("GET"));
    }
}
