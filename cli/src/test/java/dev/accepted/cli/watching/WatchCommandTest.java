package dev.accepted.cli.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpHandler;
import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.fake.FakeGateway.Request;
import dev.accepted.cli.files.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {

    @TempDir
    Path home;

    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun watch(CommandRun.Setting setting, String... words) {
        List<String> all = new ArrayList<>(List.of("watch", "--url", gateway.url(), "--patience", "1"));
        all.addAll(Arrays.asList(words));
        return setting.run(all.toArray(String[]::new));
    }

    private CommandRun watch(String... words) {
        return watch(new CommandRun.Setting(home), words);
    }

    private static String job(String id, String status, int version, int percent) {
        boolean done = !List.of("queued", "processing").contains(status);
        return "{\"job_id\":\"%s\",\"type\":\"t\",\"status\":\"%s\",\"done\":%s,\"version\":%d,\"progress\":{\"percent\":%d}}"
                .formatted(id, status, done, version, percent);
    }

    private static HttpHandler status(String id, String status, int version) {
        return FakeGateway.json(200, job(id, status, version, 0));
    }

    private static String event(String name, String job, int version) {
        return "event: " + name + "\nid: " + version + "\ndata: " + job + "\n\n";
    }

    private List<Request> streams(String id) {
        return gateway.requests().stream()
                .filter(request -> request.target().equals("/jobs/" + id + "/events"))
                .toList();
    }

    @Test
    void aStreamIsFollowedFromTheStateThatIsKnownToTheEnd() {
        gateway.on("GET /jobs/a", status("a", "queued", 1))
                .on(
                        "GET /jobs/a/events",
                        FakeGateway.stream(
                                "retry: 10\n:\n\n",
                                event("status", job("a", "processing", 2, 0), 2),
                                ":\n\n",
                                event("progress", job("a", "processing", 3, 60), 3),
                                event("done", job("a", "succeeded", 4, 60), 4)));
        CommandRun run = watch("a");
        assertEquals(0, run.status(), run.err());
        assertEquals("text/event-stream", streams("a").get(0).header("Accept"));
        assertEquals("1", streams("a").get(0).header("Last-Event-ID"));
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("a") && lines.get(0).endsWith("queued"), run.out());
        assertTrue(run.out().contains(" 60 %  processing"), run.out());
        assertTrue(run.out().contains("100 %  succeeded"), run.out());
        assertEquals("a succeeded", lines.get(lines.size() - 1));
    }

    @Test
    void aBrokenStreamGoesOnBehindTheLastStateSeen() {
        gateway.on("GET /jobs/a", status("a", "queued", 1))
                .on(
                        "GET /jobs/a/events",
                        FakeGateway.stream("retry: 1\n\n", event("status", job("a", "processing", 2, 0), 2)),
                        FakeGateway.stream(
                                "retry: 1\n\n", event("progress", job("a", "processing", 7, 0), 7), "data: {"),
                        FakeGateway.stream(event("done", job("a", "failed", 8, 0), 8)));
        CommandRun run = watch("a");
        assertEquals(1, run.status(), run.err());
        assertEquals(
                List.of("1", "2", "7"),
                streams("a").stream()
                        .map(request -> request.header("Last-Event-ID"))
                        .toList());
    }

    @Test
    void whereNoStreamIsHadALongPollFollows() {
        gateway.on("GET /jobs/a/events", FakeGateway.problem(404, "job-not-found", ""))
                .on(
                        "GET /jobs/a",
                        status("a", "queued", 1),
                        FakeGateway.empty(304, "Retry-After: 0"),
                        FakeGateway.json(200, job("a", "processing", 2, 0), "Preference-Applied: wait=20"),
                        status("a", "succeeded", 3));
        CommandRun run = watch("a");
        assertEquals(0, run.status(), run.err());
        List<Request> polls = gateway.requests().stream()
                .filter(request -> !request.header("Prefer").isEmpty())
                .toList();
        assertEquals(
                List.of("\"1\"", "\"1\"", "\"2\""),
                polls.stream().map(request -> request.header("If-None-Match")).toList());
        assertEquals("wait=20", polls.get(0).header("Prefer"));
    }

    @Test
    void streamsThatTellNothingThriceGiveWayToALongPoll() {
        gateway.on("GET /jobs/a/events", FakeGateway.stream("retry: 1\n\n"))
                .on("GET /jobs/a", status("a", "queued", 1), status("a", "succeeded", 2));
        assertEquals(0, watch("a").status());
        assertEquals(3, streams("a").size());
    }

    @Test
    void aJobThatHasEndedIsToldAtOnce() {
        gateway.on("GET /jobs/a", status("a", "expired", 5));
        CommandRun run = watch("a");
        assertEquals(1, run.status());
        assertTrue(run.out().endsWith("a expired\n"), run.out());
        assertEquals(0, streams("a").size());
    }

    @Test
    void ofSeveralTheWorstEndIsTheExitCodeAndEachIsTold() throws Exception {
        gateway.on("GET /jobs/a", status("a", "queued", 1))
                .on("GET /jobs/b", status("b", "queued", 1))
                .on("GET /jobs/a/events", FakeGateway.stream(event("done", job("a", "succeeded", 2, 0), 2)))
                .on("GET /jobs/b/events", FakeGateway.stream(event("done", job("b", "cancelled", 2, 0), 2)));
        CommandRun run = watch("a", "b", "a");
        assertEquals(1, run.status());
        assertTrue(run.out().endsWith("a succeeded\nb cancelled\n"), run.out());
        JsonNode document = Json.read(watch("a", "b", "--json").bytes());
        assertEquals("cancelled", document.path("items").path(1).path("status").asText());
    }

    @Test
    void jsonIsTheJobAtItsEndAndNothingElse() throws Exception {
        gateway.on("GET /jobs/a", status("a", "queued", 1))
                .on("GET /jobs/a/events", FakeGateway.stream(event("done", job("a", "succeeded", 2, 0), 2)));
        CommandRun run = watch("a", "--json");
        assertEquals("succeeded", Json.read(run.bytes()).path("status").asText());
    }

    @Test
    void aTerminalSeesABarThatFitsOnALineAndTheIdWholeAboveIt() {
        String id = "job-01m84zwwg0fay8000000000001ekwvgn0v";
        String talkative = "{\"job_id\":\"" + id + "\",\"type\":\"t\",\"status\":\"processing\",\"done\":false,"
                + "\"version\":2,\"progress\":{\"percent\":5,\"message\":\"" + "\\u001b[31m and on".repeat(30) + "\"}}";
        gateway.on("GET /jobs/" + id, status(id, "queued", 1))
                .on(
                        "GET /jobs/" + id + "/events",
                        FakeGateway.stream(
                                event("progress", talkative, 2), event("done", job(id, "succeeded", 3, 0), 3)));
        CommandRun run = watch(new CommandRun.Setting(home).onTerminal(), id);
        assertEquals(0, run.status(), run.err());
        assertEquals(id + " t", run.out().lines().findFirst().orElse(""));
        run.out()
                .lines()
                .map(line -> line.replaceAll("\r?\033\\[\\d*[AK]|\r", ""))
                .forEach(line -> assertTrue(line.length() < 80 && !line.contains("\033"), line));
    }

    @Test
    void anUnknownJobIsARefusalBeforeAnythingIsFollowed() {
        gateway.on("GET /jobs/a", status("a", "queued", 1));
        assertEquals(3, watch("a", "b").status());
        assertEquals(0, streams("a").size());
    }

    @Test
    void aGatewayThatGoesAwayIsNoAnswer() {
        gateway.on("GET /jobs/a", status("a", "queued", 1), FakeGateway.hangUp())
                .on("GET /jobs/a/events", FakeGateway.hangUp());
        CommandRun run = watch("a");
        assertEquals(4, run.status(), run.err());
        assertTrue(run.err().contains("No answer to GET"), run.err());
    }

    @Test
    void moreThanCanBeWatchedAreNot() {
        assertEquals(2, watch().status());
        String[] many = new String[65];
        Arrays.setAll(many, i -> "job-" + i);
        assertEquals(2, watch(many).status());
        assertEquals(Collections.emptyList(), gateway.requests());
    }
}
