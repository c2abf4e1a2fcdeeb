package dev.accepted.cli.queues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.Moments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCommandsTest {

    private static final String QUEUES = """
            {"items":[{"queue":"reports","depth":12,"oldest_age_seconds":3.24,"rate_in":1.5,"rate_out":12,"running":3,
              "slots":8,"workers":2,"paused":true,"paused_since":"2026-11-26T12:00:00Z","paused_by":"op-7","reason":"new printer"},
             {"queue":"email","depth":0,"paused":false},{"queue":"probe"}]}""";

    @TempDir
    Path home;

    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway().on("GET /operations/queues", FakeGateway.json(200, QUEUES));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--url", gateway.url(), "--patience", "0"));
        return new CommandRun.Setting(home).run(all.toArray(String[]::new));
    }

    @Test
    void queuesAreATableInWhichTheUnknownIsNotNothing() {
        CommandRun run = run("queues");
        assertEquals(0, run.status(), run.err());
        assertEquals(
                List.of(
                        "QUEUE    DEPTH  OLDEST  IN/S  OUT/S  RUNNING  SLOTS  WORKERS  STATE",
                        "reports     12   3.2 s   1.5   12.0        3      8        2  paused since "
                                + Moments.local("2026-11-26T12:00:00Z") + " by op-7: new printer",
                        "email        0       -     ?      ?        ?      ?        ?  open",
                        "probe        ?       ?     ?      ?        ?      ?        ?  ?"),
                run.out().lines().toList());
    }

    @Test
    void jsonIsWhatTheGatewaySaid() throws Exception {
        assertEquals(3, Json.read(run("queues", "--json").bytes()).path("items").size());
    }

    @Test
    void aQueueIsPausedWithAReasonAndResumed() {
        gateway.on("PUT /operations/queues/reports/pause?reason=a%20new%20printer%20%26%20ink", FakeGateway.empty(204))
                .on(
                        "DELETE /operations/queues/reports/pause",
                        FakeGateway.empty(204),
                        FakeGateway.problem(404, "queue-not-paused", ""));
        CommandRun paused = run("pause", "reports", "--reason", "a new printer & ink");
        assertEquals(0, paused.status(), paused.err());
        assertTrue(paused.err().contains("accepted resume reports"), paused.err());
        assertEquals(0, run("resume", "reports").status());
        CommandRun again = run("resume", "reports");
        assertEquals(3, again.status());
        assertEquals("", again.out());
    }

    @Test
    void aPauseNeedsAReason() {
        assertEquals(2, run("pause", "reports").status());
        assertEquals(2, run("pause", "--reason", "r").status());
        assertEquals(2, run("resume").status());
        assertEquals(0, gateway.requests().size());
    }

    @Test
    void anAuditAsksAnyGatewayAndEndsAsItSays() throws Exception {
        gateway.on(
                "GET /operations/audit",
                FakeGateway.json(200, "{\"clean\":true,\"unfinished\":{\"total\":3}}"),
                FakeGateway.json(200, "{\"clean\":false}"),
                FakeGateway.problem(403, "insufficient-scope", ""),
                FakeGateway.problem(503, "temporary-reduced-capacity", ""));
        assertEquals(0, run("audit").status());
        assertEquals(1, run("audit").status());
        assertEquals(3, run("audit").status());
        assertEquals(4, run("audit").status());
    }
}
