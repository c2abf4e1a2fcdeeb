package dev.accepted.cli.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.fake.FakeGateway.Request;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.Moments;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code job}, {@code jobs} and {@code cancel}. */
class JobCommandsTest {

    private static final String ID = "job-01m84zwwg0fay8000000000001ekwvgn0v";
    private static final String JOB = """
            {"job_id":"%s","type":"report.generate","status":"failed","done":true,"version":4,"status_url":"/jobs/x",
             "created_at":"2026-11-26T12:00:00.123Z","attempt":2,"max_attempts":5,
             "progress":{"percent":40,"message":"charts"},"tags":{"customer":"7"},"sent_count":3,
             "result":{"content_type":"application/pdf","size_bytes":12},
             "error":{"type":"/problems/job-failed","title":"Job failed","detail":"no paper\\nleft"}}""".formatted(ID);

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

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(1, List.of("--url", gateway.url(), "--patience", "0"));
        return new CommandRun.Setting(home).run(all.toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) throws Exception {
        return Json.read(run.bytes());
    }

    @Test
    void aJobIsShownLineByLineInThisMachinesZone() {
        gateway.on("GET /jobs/" + ID, FakeGateway.json(200, JOB));
        CommandRun run = run("job", ID);
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("job         " + ID, lines.get(0));
        for (String line : List.of(
                "status      failed",
                "remark      no paper left",
                "attempt     2 of 5",
                "created     " + Moments.local("2026-11-26T12:00:00.123Z"),
                "result      application/pdf, 12 bytes",
                "tags        customer=7",
                "sent count  3")) {
            assertTrue(lines.contains(line), line + " in\n" + run.out());
        }
    }

    @Test
    void jsonIsWhatTheGatewaySaid() throws Exception {
        gateway.on("GET /jobs/" + ID, FakeGateway.json(200, JOB))
                .on("GET /jobs/" + ID + "/timeline", FakeGateway.json(200, "{\"job_id\":\"x\",\"entries\":[]}"));
        assertEquals(Json.read(JOB.getBytes(StandardCharsets.UTF_8)), json(run("job", ID, "--json")));
        assertEquals(
                "x", json(run("job", ID, "--json", "--timeline")).path("job_id").asText());
    }

    @Test
    void aTimelineHasALineForEachEntry() {
        gateway.on("GET /jobs/" + ID, FakeGateway.json(200, JOB))
                .on("GET /jobs/" + ID + "/timeline", FakeGateway.json(200, """
                {"entries":[
                  {"event":"accepted","time":"2026-11-26T12:00:00Z","scheduled_time":"2026-11-26T13:00:00Z"},
                  {"event":"attempt-failed","time":"2026-11-26T13:00:00Z","attempt":1,"worker":"reports-1",
                   "error":{"detail":"no paper"},"next_attempt_at":"2026-11-26T13:00:05Z"},
                  {"event":"cancel-requested","time":"2026-11-26T13:00:01Z","reason":"a mistake"}],"truncated":true}"""));
        CommandRun run = run("job", ID, "--timeline");
        assertTrue(run.out().contains("EVENT             ATTEMPT  WORKER     REMARK"), run.out());
        String start = "to start at " + Moments.local("2026-11-26T13:00:00Z");
        assertTrue(run.out().lines().anyMatch(line -> line.matches(".*  accepted +\\Q" + start + "\\E")), run.out());
        assertTrue(run.out().contains("attempt-failed          1  reports-1  no paper; next attempt at "), run.out());
        assertTrue(run.out().contains("a mistake"), run.out());
        assertTrue(run.out().contains("Earlier entries may be gone"), run.out());
    }

    @Test
    void anUnknownJobIsARefusal() {
        CommandRun run = run("job", "nobody");
        assertEquals(3, run.status());
        assertEquals("", run.out());
        assertEquals(2, run("job").status());
    }

    private static String page(int from, int to, String next) {
        String items = IntStream.range(from, to)
                .mapToObj(i -> "{\"job_id\":\"job-" + i + "\",\"type\":\"t\",\"status\":\"queued\"}")
                .collect(Collectors.joining(","));
        return "{\"items\":[" + items + "]" + (next.isEmpty() ? "" : ",\"next\":\"" + next + "\"") + "}";
    }

    @Test
    void anOperatorListsTheJobsOfAllTenants() throws Exception {
        String job = JOB.replaceFirst("\\{", "{\"tenant\":\"acme\",\"queue\":\"reports\",");
        gateway.on("GET /operations/jobs?limit=50", FakeGateway.json(200, "{\"items\":[" + job + "]}"))
                .on(
                        "GET /operations/jobs?limit=50&tenant=acme%2Cother&queue=email&error=no%20paper",
                        FakeGateway.json(200, "{\"items\":[],\"next\":\"/operations/jobs?limit=50&cursor=c\"}"))
                .on("GET /operations/jobs?limit=50&cursor=c", FakeGateway.json(200, "{\"items\":[" + job + "]}"));
        CommandRun run = run("jobs", "--all-tenants");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).startsWith("JOB") && lines.get(0).contains("  TENANT  TYPE"), run.out());
        assertTrue(lines.get(1).startsWith(ID + "  acme    report.generate"), run.out());
        CommandRun filtered =
                run("jobs", "--tenant", "acme,other", "--queue", "email", "--error", "no paper", "--json");
        assertEquals(1, json(filtered).path("items").size(), "an empty page is not the last");
    }

    @Test
    void anOperatorLooksAtAnybodysJobAndStopsIt() throws Exception {
        String job = JOB.replaceFirst("\\{", "{\"tenant\":\"acme\",\"input\":{\"a\":[1]},");
        String path = "/operations/jobs/" + ID;
        gateway.on("GET " + path, FakeGateway.json(200, job))
                .on("GET " + path + "/timeline", FakeGateway.json(200, "{\"job_id\":\"x\",\"entries\":[]}"))
                .on("POST " + path + "/cancel", FakeGateway.json(200, job));
        CommandRun shown = run("job", ID, "--all-tenants", "--timeline");
        assertEquals(0, shown.status(), shown.err());
        assertTrue(shown.out().contains("{\"a\":[1]}") && shown.out().contains("acme"), shown.out());
        assertEquals(
                0, run("cancel", ID, "--all-tenants", "--reason", "it floods").status());
        assertEquals("{\"reason\":\"it floods\"}", gateway.last().body());
    }

    @Test
    void everyFilterOfTheListIsSent() {
        gateway.on("GET /jobs?limit=50", FakeGateway.json(200, page(0, 0, "")));
        Instant before = Instant.now();
        run(
                "jobs",
                "--status",
                "failed,expired",
                "--type",
                "a,b",
                "--since",
                "2h",
                "--until",
                "2099-01-01T00:00:00Z",
                "--reference",
                "r 1",
                "--batch",
                "batch-1",
                "--tag",
                "a&b=c d",
                "--limit",
                "7");
        String query = URLDecoder.decode(gateway.last().target(), StandardCharsets.UTF_8);
        assertTrue(query.startsWith("/jobs?limit=7&status=failed,expired&type=a,b&created_after="), query);
        assertTrue(
                query.endsWith(
                        "&created_before=2099-01-01T00:00:00Z&client_reference=r 1&batch_id=batch-1&tag.a&b=c d"),
                query);
        assertTrue(
                gateway.last().target().endsWith("&tag.a%26b=c%20d"),
                gateway.last().target());
        Instant since = Instant.parse(query.replaceAll(".*created_after=([^&]*)&.*", "$1"));
        long distance = Duration.between(since, before).toSeconds();
        assertTrue(distance > 7_100 && distance <= 7_200, "two hours ago, not ahead: " + since);
    }

    @Test
    void aListIsATableAndSaysThatThereIsMore() {
        gateway.on("GET /jobs?limit=2", FakeGateway.json(200, page(0, 2, "/jobs?limit=2&cursor=c")));
        CommandRun run = run("jobs", "--limit", "2");
        assertEquals(
                "JOB    TYPE  STATUS  CREATED  FINISHED  REMARK\njob-0  t     queued\njob-1  t     queued\n",
                run.out());
        assertTrue(run.err().contains("--all"), run.err());
        assertEquals(1, gateway.requests().size());
    }

    @Test
    void allPagesAreFollowedAndMakeOneDocument() throws Exception {
        gateway.on("GET /jobs?limit=200", FakeGateway.json(200, page(0, 200, "/jobs?limit=200&cursor=c1")))
                .on("GET /jobs?limit=200&cursor=c1", FakeGateway.json(200, page(200, 230, "")));
        JsonNode document = json(run("jobs", "--all", "--json"));
        assertEquals(230, document.path("items").size());
        assertFalse(document.has("more"));
        assertEquals(231, run("jobs", "--all").out().lines().count());
    }

    @Test
    void aLimitAboveAPageIsKeptOverPages() throws Exception {
        gateway.on("GET /jobs?limit=200", FakeGateway.json(200, page(0, 200, "/jobs?limit=200&cursor=c1")))
                .on("GET /jobs?limit=50&cursor=c1", FakeGateway.json(200, page(200, 250, "/jobs?limit=50&cursor=c2")));
        JsonNode document = json(run("jobs", "--limit", "250", "--json"));
        assertEquals(250, document.path("items").size());
        assertTrue(document.path("more").asBoolean());
    }

    @Test
    void aJobThatWaitsSaysForWhat() {
        gateway.on("GET /jobs?limit=50", FakeGateway.json(200, """
                {"items":[{"job_id":"a","type":"t","status":"queued","scheduled_time":"2026-11-26T12:00:00Z"},
                          {"job_id":"b","type":"t","status":"queued","next_attempt_at":"2026-11-26T12:00:05Z"}]}"""));
        CommandRun run = run("jobs");
        assertTrue(run.out().contains("to start at " + Moments.local("2026-11-26T12:00:00Z")), run.out());
        assertTrue(run.out().contains("next attempt at " + Moments.local("2026-11-26T12:00:05Z")), run.out());
    }

    @Test
    void noJobIsSaidBesideTheOutput() {
        gateway.on("GET /jobs?limit=50", FakeGateway.json(200, page(0, 0, "")));
        CommandRun run = run("jobs");
        assertEquals("", run.out());
        assertEquals("No such job.\n", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs --limit 0", "jobs --limit x", "jobs --since yesterday", "jobs --tag a", "cancel"})
    void whatIsNotUnderstoodIsNotSent(String line) {
        assertEquals(2, run(line.split(" ")).status());
        assertEquals(0, gateway.requests().size());
    }

    @Test
    void jobsAreCancelledWithTheReason() {
        gateway.on(
                        "POST /jobs/a/cancel",
                        FakeGateway.json(200, "{\"job_id\":\"a\",\"status\":\"cancelled\",\"done\":true}"))
                .on("POST /jobs/b/cancel", FakeGateway.json(202, "{\"job_id\":\"b\",\"status\":\"cancelling\"}"));
        CommandRun run = run("cancel", "a", "b", "--reason", "a \"mistake\"");
        assertEquals(0, run.status(), run.err());
        assertEquals("a cancelled\nb cancelling: it ends as soon as its worker heeds it, or is lost\n", run.out());
        assertEquals("{\"reason\":\"a \\\"mistake\\\"\"}", gateway.last().body());
        run("cancel", "a");
        assertEquals("", gateway.last().body());
    }

    @Test
    void oneThatHasEndedHoldsUpNoOther() throws Exception {
        gateway.on("POST /jobs/a/cancel", FakeGateway.problem(409, "job-already-finished", "\"job_status\":\"failed\""))
                .on(
                        "POST /jobs/b/cancel",
                        FakeGateway.json(200, "{\"job_id\":\"b\",\"status\":\"cancelled\",\"done\":true}"));
        CommandRun run = run("cancel", "a", "b", "a");
        assertEquals(3, run.status());
        assertEquals("b cancelled\n", run.out());
        assertTrue(run.err().contains("job status failed"), run.err());
        assertEquals(2, gateway.requests().stream().map(Request::target).count());
        JsonNode items = json(run("cancel", "a", "b", "--json")).path("items");
        assertEquals("failed", items.path(0).path("problem").path("job_status").asText());
        assertEquals("cancelled", items.path(1).path("status").asText());
        assertEquals("", run("cancel", "a", "--json").out());
        assertEquals(
                "cancelled", json(run("cancel", "b", "--json")).path("status").asText());
    }
}
