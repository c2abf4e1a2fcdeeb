package dev.accepted.cli.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.fake.FakeGateway.Request;
import dev.accepted.cli.files.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitCommandTest {

    private static final String RECEIPT =
            "{\"job_id\":\"job-1\",\"type\":\"t\",\"status\":\"queued\",\"done\":false,\"version\":1,\"status_url\":\"/jobs/job-1\"}";

    @TempDir
    Path home;

    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway().on("POST /jobs", FakeGateway.json(202, RECEIPT));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun submit(String... words) {
        return submit(new CommandRun.Setting(home), words);
    }

    private CommandRun submit(CommandRun.Setting setting, String... words) {
        List<String> all = new ArrayList<>(List.of("submit", "--url", gateway.url()));
        all.addAll(Arrays.asList(words));
        return setting.run(all.toArray(String[]::new));
    }

    private JsonNode sent() throws Exception {
        return Json.read(gateway.last().body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theIdStandsAloneOnTheFirstLineAndTheStatusAddressOnTheSecond() {
        CommandRun run = submit("probe.noop");
        assertEquals(0, run.status(), run.err());
        assertEquals("job-1\n" + gateway.url() + "/jobs/job-1\n", run.out());
        assertEquals("{\"type\":\"probe.noop\",\"input\":{}}", gateway.last().body());
        assertEquals("application/json", gateway.last().header("Content-Type"));
    }

    @Test
    void membersAreTextsOrJson() throws Exception {
        submit("t", "name=a=b:=c", "count:=3", "big:=12345678901234567890.10", "list:=[1, {\"a\":null}]", "empty=");
        assertEquals(
                "{\"type\":\"t\",\"input\":{\"name\":\"a=b:=c\",\"count\":3,\"big\":12345678901234567890.10,"
                        + "\"list\":[1, {\"a\":null}],\"empty\":\"\"}}",
                gateway.last().body());
    }

    @Test
    void aFileAndStandardInputTravelByteForByte() throws Exception {
        String input = "{ \"b\" : 1.0, \"a\":\"ü\",\n \"n\": 1e400 }";
        Path file = Files.writeString(home.resolve("input.json"), input);
        assertEquals(0, submit("t", "--file", file.toString()).status());
        assertEquals("{\"type\":\"t\",\"input\":" + input + "}", gateway.last().body());
        assertEquals(
                0,
                submit(new CommandRun.Setting(home).standardInput(input), "t", "-")
                        .status());
        assertEquals("{\"type\":\"t\",\"input\":" + input + "}", gateway.last().body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1", "{} {}", "", "{'a':1}", "{},\"type\":\"other\""})
    void whatIsNotOneJsonValueIsNotSent(String input) throws Exception {
        Path file = Files.writeString(home.resolve("input.json"), input);
        CommandRun run = submit("t", "--file", file.toString());
        assertEquals(2, run.status(), run.err());
        assertTrue(run.err().contains(file.toString()) && run.err().contains("Nothing was sent"), run.err());
        assertEquals(
                2,
                submit(new CommandRun.Setting(home).standardInput(input), "t", "-")
                        .status());
        assertEquals(0, gateway.requests().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t word",
                "t =x",
                "t a=1 a=2",
                "t a:=x",
                "t --file nowhere.json",
                "t --file x a=1",
                "t --at tomorrow",
                "t --key ä",
                "t --tag x"
            })
    void whatIsNotUnderstoodIsNotSent(String line) {
        CommandRun run = submit(line.isEmpty() ? new String[0] : line.split(" "));
        assertEquals(2, run.status(), run.err());
        assertEquals("", run.out());
        assertEquals(0, gateway.requests().size());
    }

    @Test
    void timesTagsAndAReferenceStandBesideTheInput() throws Exception {
        Instant before = Instant.now();
        submit("t", "--at", "15m", "--deadline", "2099-01-01T12:00:00+01:00", "--reference", "r", "--tag", "a=b=c");
        JsonNode sent = sent();
        Duration ahead = Duration.between(
                before, Instant.parse(sent.path("scheduled_time").asText()));
        assertTrue(ahead.toSeconds() >= 900 && ahead.toSeconds() < 960, ahead.toString());
        assertEquals("2099-01-01T11:00:00Z", sent.path("deadline").asText());
        assertEquals("r", sent.path("client_reference").asText());
        assertEquals("b=c", sent.path("tags").path("a").asText());
    }

    @Test
    void aSubmissionThatGotNoAnswerIsSentAgainWithTheSameKey() {
        gateway.on(
                "POST /jobs",
                FakeGateway.problem(503, "temporary-reduced-capacity", "\"maybe_accepted\":true", "Retry-After: 0"),
                FakeGateway.problem(409, "idempotency-in-progress", "", "Retry-After: 0"),
                FakeGateway.json(202, RECEIPT, "Idempotency-Replayed: true"));
        CommandRun run = submit("t");
        assertEquals(0, run.status(), run.err());
        List<String> keys = gateway.requests().stream()
                .map(request -> request.header("Idempotency-Key"))
                .distinct()
                .toList();
        assertEquals(3, gateway.requests().size());
        assertEquals(1, keys.size(), keys.toString());
        assertTrue(keys.get(0).matches("\"[0-9a-f-]{36}\""), keys.get(0));
        submit("t");
        assertNotEquals(keys.get(0), gateway.last().header("Idempotency-Key"));
    }

    @Test
    void aKeyOfOnesOwnIsSentAsItIsAndItsSecondUseIsTold() {
        gateway.on("POST /jobs", FakeGateway.json(202, RECEIPT, "Idempotency-Replayed: true"));
        CommandRun run = submit("t", "--key", "a \"b\" \\");
        assertEquals("\"a \\\"b\\\" \\\\\"", gateway.last().header("Idempotency-Key"));
        assertTrue(run.err().contains("used before"), run.err());
    }

    @Test
    void whoeverGetsNoAnswerIsToldTheKeyToAskAgainWith() {
        gateway.on("POST /jobs", FakeGateway.problem(503, "temporary-reduced-capacity", ""));
        CommandRun run = submit("t", "--patience", "0");
        assertEquals(4, run.status());
        String key = gateway.last().header("Idempotency-Key").replace("\"", "");
        assertTrue(run.err().contains("--key '" + key + "'"), run.err());
    }

    @Test
    void theKeyToAskAgainWithStandsBesideTheTimesThatWereSent() throws Exception {
        gateway.on("POST /jobs", FakeGateway.problem(503, "temporary-reduced-capacity", ""));
        CommandRun run = submit("t", "--patience", "0", "--key", "k", "--at", "15m", "--deadline", "2h");
        String times = " --at " + sent().path("scheduled_time").asText() + " --deadline "
                + sent().path("deadline").asText();
        assertTrue(run.err().contains("--key 'k'" + times), run.err());
    }

    @Test
    void aRefusedSubmissionIsNotSentAgain() {
        gateway.on("POST /jobs", FakeGateway.problem(422, "validation-error", ""));
        assertEquals(3, submit("t").status());
        assertEquals(1, gateway.requests().size());
    }

    @Test
    void jsonIsOneDocumentAndNothingElse() throws Exception {
        CommandRun run = submit("t", "--json");
        assertEquals(Json.read(RECEIPT.getBytes(StandardCharsets.UTF_8)), Json.read(run.bytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"succeeded", "failed", "rejected", "expired", "cancelled"})
    void whoeverWaitsIsToldTheEndByTheExitCode(String status) throws Exception {
        String ended = "{\"job_id\":\"job-1\",\"type\":\"t\",\"status\":\"" + status
                + "\",\"done\":true,\"version\":3,\"error\":{\"detail\":\"why it is so\"}}";
        gateway.on("GET /jobs/job-1/events", FakeGateway.stream("event: done\nid: 3\ndata: " + ended + "\n\n"));
        CommandRun run = submit("t", "--wait", "a=1");
        assertEquals(status.equals("succeeded") ? 0 : 1, run.status(), run.err());
        assertEquals("job-1", run.out().lines().findFirst().orElse(""));
        assertTrue(run.out().contains("job-1 " + status + ": why it is so"), run.out());
        Request submission = gateway.requests().get(0);
        assertEquals("{\"type\":\"t\",\"input\":{\"a\":\"1\"}}", submission.body(), "--wait takes no word");
        CommandRun json = submit("t", "--wait=20", "--json");
        assertEquals(status, Json.read(json.bytes()).path("status").asText());
    }

    @Test
    void aWaitThatIsOverBeforeTheEndIsNoAnswerAndSaysHowToGoOn() {
        gateway.on("GET /jobs/job-1/events", FakeGateway.empty(404))
                .on("GET /jobs/job-1", FakeGateway.json(200, RECEIPT));
        CommandRun run = submit("t", "--wait=1");
        assertEquals(4, run.status(), run.err());
        assertTrue(run.out().contains("accepted watch job-1"), run.out());
        assertFalse(run.out().contains("\033"), "nothing is drawn over where no terminal is");
    }
}
