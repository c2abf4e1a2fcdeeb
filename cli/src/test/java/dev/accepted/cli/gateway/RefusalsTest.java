package dev.accepted.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person and a script are told when a gateway does not do what it was asked. */
class RefusalsTest {

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

    private CommandRun job(String patience, HttpHandler... answers) {
        gateway.on("GET /jobs/j", answers);
        return new CommandRun.Setting(home).run("job", "j", "--url", gateway.url(), "--patience", patience);
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid-parameter, 3, Correct it",
        "401, authentication-required, 3, --token-file or $ACCEPTED_TOKEN",
        "403, insufficient-scope, 3, it lacks the scope jobs:read",
        "404, job-not-found, 3, another tenant's",
        "409, job-already-finished, 3, It stays as it ended",
        "409, replay-already-ended, 3, `accepted replays get ID` shows it",
        "410, job-gone, 3, does not come back",
        "422, validation-error, 3, Correct it",
        "429, quota-exceeded, 3, sent again in 7 s",
        "500, internal-error, 4, The fault is not yours",
        "503, temporary-reduced-capacity, 4, tried again in 7 s"
    })
    void aProblemIsToldWithItsStatusItsDetailAndWhatIsNext(int status, String slug, int exitCode, String next) {
        CommandRun run = job(
                "0",
                FakeGateway.problem(
                        status,
                        slug,
                        "",
                        "Retry-After: 7",
                        "WWW-Authenticate: Bearer realm=\"jobs\", error=\"insufficient_scope\", scope=\"jobs:read\""));
        assertEquals(exitCode, run.status(), run.err());
        assertEquals("", run.out());
        String address = "GET " + gateway.url() + "/jobs/j was refused: " + status + " A title";
        assertTrue(run.err().startsWith(address), run.err());
        assertTrue(run.err().contains("A detail."), run.err());
        assertTrue(run.err().contains(next), run.err());
        assertTrue(run.err().contains("(request r-1)"), run.err());
    }

    @Test
    void whereTheRequestIsWrongIsToldPlaceByPlace() {
        CommandRun run = job("0", FakeGateway.problem(422, "validation-error", """
                        "errors":[{"pointer":"/input/year","detail":"must be at least 1","code":"minimum"},
                                  {"pointer":"","detail":"must be an object","code":"type"}],"max":"9999"
                        """));
        assertTrue(run.err().contains("\n  /input/year must be at least 1\n"), run.err());
        assertTrue(run.err().contains("\n  the body must be an object\n"), run.err());
        assertTrue(run.err().contains("max 9999"), run.err());
    }

    @Test
    void whatIsNoGatewayIsQuotedWithoutItsControlCharacters() {
        byte[] page = "<html>\u001b[2JBad".getBytes(StandardCharsets.UTF_8);
        CommandRun run = job("0", FakeGateway.bytes(404, "text/html", page));
        assertEquals(3, run.status());
        assertTrue(run.err().contains("404: <html> [2JBad"), run.err());
        CommandRun gibberish = job("0", FakeGateway.bytes(200, "text/html", page));
        assertEquals(4, gibberish.status());
        assertTrue(gibberish.err().contains("not with JSON"), gibberish.err());
    }

    @Test
    void aRedirectIsToldAndNotFollowed() {
        CommandRun run = job("0", FakeGateway.empty(308, "Location: https://elsewhere.invalid/jobs/j"));
        assertEquals(3, run.status());
        assertTrue(run.err().contains("https://elsewhere.invalid/jobs/j"), run.err());
        assertEquals(1, gateway.requests().size());
    }

    @Test
    void whatMayPassIsSentAgainAsSoonAsTheGatewayAllowsAndSaysSo() {
        CommandRun run = job(
                "20",
                FakeGateway.problem(503, "temporary-reduced-capacity", "", "Retry-After: 0"),
                FakeGateway.problem(429, "quota-exceeded", "", "Retry-After: 1"),
                FakeGateway.empty(502),
                FakeGateway.hangUp(),
                FakeGateway.json(200, "{\"job_id\":\"j\",\"status\":\"queued\"}"));
        assertEquals(0, run.status(), run.err());
        assertTrue(gateway.requests().size() >= 5, gateway.requests().toString());
        assertTrue(run.err().contains("503 A title. Trying again in 0.25 s."), run.err());
        assertTrue(run.err().contains("429 A title. Trying again in 1 s."), run.err());
        assertTrue(run.out().contains("queued"), run.out());
    }

    @Test
    void whatDoesNotPassEndsWhenThePatienceIsOver() {
        CommandRun run = job("1", FakeGateway.problem(503, "temporary-reduced-capacity", ""));
        assertEquals(4, run.status());
        assertTrue(gateway.requests().size() > 1, "it was tried again");
        CommandRun longer = job("1", FakeGateway.problem(503, "temporary-reduced-capacity", "", "Retry-After: 60"));
        assertEquals(4, longer.status());
        assertFalse(longer.err().contains("Trying again"), longer.err());
    }

    @Test
    void howLongAnAnswerTookDoesNotUseThePatienceUp() {
        HttpHandler refusal = FakeGateway.problem(503, "temporary-reduced-capacity", "", "Retry-After: 0");
        HttpHandler late = exchange -> {
            LockSupport.parkNanos(Duration.ofMillis(1_200).toNanos());
            refusal.handle(exchange);
        };
        CommandRun run = job("1", late, FakeGateway.json(200, "{\"job_id\":\"j\",\"status\":\"queued\"}"));
        assertEquals(0, run.status(), run.err());
    }

    @Test
    void nobodyThereIsToldAsSuch() throws Exception {
        String nowhere = "http://127.0.0.1:" + freePort();
        CommandRun run = new CommandRun.Setting(home).run("job", "j", "--url", nowhere, "--patience", "1");
        assertEquals(4, run.status());
        assertTrue(run.err().contains("the connection was refused"), run.err());
        assertTrue(run.err().contains("Trying again"), run.err());
    }

    @Test
    void aHostThatDoesNotExistIsNotAskedTwice() {
        CommandRun run = new CommandRun.Setting(home).run("job", "j", "--url", "http://no-such-host.invalid");
        assertEquals(4, run.status());
        assertTrue(run.err().contains("no host has that name"), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void aWordThatIsNoSegmentOfAPathIsNotSentAndOthersAreEscaped() {
        for (String word : new String[] {"..", ".", " "}) {
            CommandRun run = new CommandRun.Setting(home).run("job", word, "--url", gateway.url());
            assertEquals(2, run.status(), run.err());
        }
        assertEquals(0, gateway.requests().size());
        new CommandRun.Setting(home).run("job", "a/b c?d", "--url", gateway.url());
        assertEquals("/jobs/a%2Fb%20c%3Fd", gateway.last().target());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
