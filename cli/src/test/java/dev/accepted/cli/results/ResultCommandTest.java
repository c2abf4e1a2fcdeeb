package dev.accepted.cli.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCommandTest {

    private static final byte[] PDF = {'%', 'P', 'D', 'F', 0, 1, (byte) 0xff, (byte) 0xfe, '\n', 13};

    @TempDir
    Path home;

    private FakeGateway gateway;
    private Path file;

    @BeforeEach
    void listen() throws Exception {
        file = home.resolve("report.pdf");
        gateway = new FakeGateway();
        gateway.on("GET /jobs/a/result", FakeGateway.empty(303, "Location: " + gateway.url() + "/results/d"))
                .on("GET /results/d", FakeGateway.bytes(200, "application/pdf", PDF));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun result(CommandRun.Setting setting, String... words) {
        List<String> all =
                new ArrayList<>(List.of("result", "--url", gateway.url(), "--patience", "0", "--token", "T"));
        all.addAll(Arrays.asList(words));
        return setting.run(all.toArray(String[]::new));
    }

    private CommandRun result(String... words) {
        return result(new CommandRun.Setting(home), words);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.toList();
        }
    }

    @Test
    void bytesGoToStandardOutputAsTheyAre() {
        CommandRun run = result("a");
        assertEquals(0, run.status(), run.err());
        assertArrayEquals(PDF, run.bytes());
        assertEquals("", run.err());
    }

    @Test
    void aTerminalTakesTextAndNothingElse() {
        CommandRun refused = result(new CommandRun.Setting(home).onTerminal(), "a");
        assertEquals(2, refused.status());
        assertEquals(0, refused.bytes().length);
        assertTrue(refused.err().contains("application/pdf") && refused.err().contains("-o FILE"), refused.err());
        gateway.on("GET /results/d", FakeGateway.json(200, "{}"));
        assertEquals(
                "{}", result(new CommandRun.Setting(home).onTerminal(), "a").out());
    }

    @Test
    void aFileIsWrittenAndNotReplacedUnasked() throws Exception {
        CommandRun saved = result("a", "-o", file.toString());
        assertEquals(0, saved.status(), saved.err());
        assertArrayEquals(PDF, Files.readAllBytes(file));
        assertEquals("", saved.out());
        assertTrue(saved.err().contains(file + " (10 bytes, application/pdf)"), saved.err());

        Files.writeString(file, "mine");
        int before = gateway.requests().size();
        CommandRun again = result("a", "-o", file.toString());
        assertEquals(2, again.status());
        assertTrue(again.err().contains("--force"), again.err());
        assertEquals("mine", Files.readString(file));
        assertEquals(before, gateway.requests().size());

        assertEquals(0, result("a", "-o", file.toString(), "--force").status());
        assertArrayEquals(PDF, Files.readAllBytes(file));
        assertEquals(List.of(file), left());
    }

    @Test
    void aBrokenDownloadLeavesNothingBehind() throws Exception {
        gateway.on("GET /results/d", exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write(PDF);
            exchange.getResponseBody().flush();
            throw new IOException("hung up by the test");
        });
        CommandRun run = result("a", "-o", file.toString());
        assertEquals(4, run.status(), run.err());
        assertTrue(run.err().contains("No answer"), run.err());
        assertEquals(List.of(), left());
    }

    @Test
    void whereNothingCanBeWrittenIsSaid() {
        assertEquals(2, result("a", "-o", home.toString()).status());
        CommandRun run = result("a", "-o", home.resolve("no/such/x").toString());
        assertEquals(1, run.status());
        assertTrue(run.err().contains("Nothing can be written into"), run.err());
    }

    @Test
    void theTokenIsForTheGatewayAlone() throws Exception {
        try (FakeGateway store = new FakeGateway()) {
            store.on("GET /bucket/d?signature=s", FakeGateway.bytes(200, "application/pdf", PDF));
            String location = "Location: " + store.url() + "/bucket/d?signature=s";
            gateway.on("GET /jobs/a/result", FakeGateway.empty(303, location));
            assertArrayEquals(PDF, result("a").bytes());
            assertEquals("Bearer T", gateway.last().header("Authorization"));
            assertEquals("", store.last().header("Authorization"));
        }
    }

    @Test
    void aJobThatHasNotEndedIsARefusalUnlessItIsWaitedFor() {
        gateway.on(
                        "GET /jobs/a/result",
                        FakeGateway.problem(404, "result-not-ready", "", "Retry-After: 5"),
                        FakeGateway.empty(303, "Location: /results/d"))
                .on("GET /jobs/a", FakeGateway.json(200, "{\"job_id\":\"a\",\"status\":\"queued\",\"version\":1}"))
                .on(
                        "GET /jobs/a/events",
                        FakeGateway.stream(
                                "data: {\"job_id\":\"a\",\"status\":\"succeeded\",\"done\":true,\"version\":2}\n\n"));
        CommandRun early = result("a");
        assertEquals(3, early.status());
        assertTrue(early.err().contains("--wait"), early.err());
        CommandRun waited = result("--wait", "a");
        assertEquals(0, waited.status(), waited.err());
        assertArrayEquals(PDF, waited.bytes());
    }

    @Test
    void aWaitThatIsOverBeforeTheEndIsNoAnswer() {
        gateway.on("GET /jobs/a", FakeGateway.json(200, "{\"job_id\":\"a\",\"status\":\"queued\",\"version\":1}"));
        CommandRun run = result("a", "--wait=1");
        assertEquals(4, run.status());
        assertTrue(run.err().contains("accepted watch a"), run.err());
    }

    @Test
    void aJobThatEndedWithoutAResultIsAnEndAndNoRefusal() {
        gateway.on("GET /jobs/a/result", FakeGateway.problem(404, "no-result", "\"job_status\":\"failed\""));
        CommandRun run = result("a");
        assertEquals(1, run.status());
        assertTrue(run.err().contains("job status failed"), run.err());
        assertTrue(run.err().contains("--timeline"), run.err());
        gateway.on("GET /jobs/a/result", FakeGateway.problem(410, "result-expired", ""));
        assertEquals(3, result("a").status());
        assertFalse(Files.exists(file));
    }

    @Test
    void anAnswerThatSaysNotWhereIsNoGateways() {
        byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
        gateway.on("GET /jobs/a/result", FakeGateway.bytes(200, "text/html", page));
        assertEquals(4, result("a").status());
    }
}
