package dev.accepted.cli.dead;

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

class DeadCommandsTest {

    private static final String TIME = "2026-11-26T12:00:00Z";
    private static final String PAGE = """
            {"items":[{"offset":17,"time":"%s","reason":"no JSON","from":"jobs.events/3/99","key":"k","bytes":12},
              {"offset":9,"time":"%s","reason":"no seal","bytes":7,"settled":{"outcome":"sent","sent_to":"jobs.events/3/100",
               "reason":"mended","by":"op-7","at":"%s"}}],"next":"/operations/dead?limit=2&before=9"}""".formatted(TIME, TIME, TIME);
    private static final String WHOLE = """
            {"offset":17,"time":"%s","reason":"no JSON","bytes":3,"headers":{"ce_type":"x"},"value":"a\\u001b[1mb"}""".formatted(TIME);

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
        all.addAll(List.of("--url", gateway.url(), "--patience", "0"));
        return new CommandRun.Setting(home).run(all.toArray(String[]::new));
    }

    @Test
    void theyAreATableAndOlderOnesAreATellAway() {
        gateway.on("GET /operations/dead?limit=2&before=20&settled=true", FakeGateway.json(200, PAGE));
        CommandRun run = run("dead", "list", "--limit", "2", "--before", "20", "--settled");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertTrue(lines.get(0).matches("OFFSET +TIME +FROM +BYTES +SETTLED +REASON"), run.out());
        assertTrue(lines.get(1).matches(" +17 +\\S+ +jobs.events/3/99 +12 +no JSON"), run.out());
        String settled = "sent to jobs.events/3/100 by op-7 " + Moments.local(TIME) + ": mended";
        assertTrue(lines.get(2).contains(settled), run.out());
        assertTrue(run.err().contains("--before 9"), run.err());
    }

    @Test
    void whereThereIsNoneThatIsSaid() throws Exception {
        gateway.on("GET /operations/dead?limit=50", FakeGateway.json(200, "{\"items\":[]}"));
        CommandRun run = run("dead");
        assertEquals(0, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().contains("no dead record"), run.err());
        assertEquals(0, Json.read(run("dead", "--json").bytes()).path("items").size());
    }

    @Test
    void oneIsShownWholeAndCannotSpeakToTheTerminal() {
        gateway.on("GET /operations/dead/17", FakeGateway.json(200, WHOLE));
        CommandRun run = run("dead", "show", "17");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("ce_type"), run.out());
        assertTrue(run.out().lines().noneMatch(line -> line.contains("\u001b")), run.out());
        assertEquals(3, run("dead", "show", "18").status());
    }

    @Test
    void eachIsSettledByItselfAndTheWorstIsTheStatus() {
        gateway.on(
                        "POST /operations/dead/17/send?reason=mended%20now",
                        FakeGateway.json(200, "{\"sent_to\":\"jobs.events/3/101\"}"))
                .on(
                        "POST /operations/dead/9/send?reason=mended%20now",
                        FakeGateway.problem(409, "dead-record-settled", ""))
                .on("DELETE /operations/dead/17?reason=nonsense", FakeGateway.empty(204));
        CommandRun sent = run("dead", "send", "9", "17", "--reason", "mended now");
        assertEquals(3, sent.status());
        assertTrue(sent.err().contains("17 lies at jobs.events/3/101 now."), sent.err());
        assertTrue(sent.err().lines().anyMatch(line -> line.startsWith("9: ")), sent.err());
        assertEquals(0, run("dead", "drop", "17", "--reason", "nonsense").status());
    }

    @Test
    void whatIsNotUnderstoodIsNotSent() {
        assertEquals(2, run("dead", "send", "17").status());
        assertEquals(2, run("dead", "drop", "--reason", "r").status());
        assertEquals(2, run("dead", "show", "seventeen").status());
        assertEquals(2, run("dead", "--limit", "0").status());
        assertEquals(2, run("dead", "--limit", "201").status());
        assertEquals(0, gateway.requests().size());
    }
}
