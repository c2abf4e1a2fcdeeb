package dev.accepted.cli.workers;

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

class WorkerCommandsTest {

    private static final String ONE = "0b2f0b4e-3a0c-4f7e-9c58-1d1b52a0a001";
    private static final String TWO = "0b2f0b4e-3a0c-4f7e-9c58-1d1b52a0a002";
    private static final String THREE = "0b2f0b4e-3a0c-4f7e-9c58-1d1b52a0a003";
    private static final String WORKERS = """
            {"items":[
              {"worker_id":"%s","name":"email-1","queue":"email","slots":8,"running":3,"draining":false,"seen_until":"x"},
              {"worker_id":"%s","name":"twin","queue":"probe","slots":4,"running":1,"draining":true,
               "draining_since":"2026-11-26T12:00:00Z","drained_by":"op-7","reason":"a bad disk","seen_until":"x"},
              {"worker_id":"%s","name":"twin","queue":"probe","slots":4,"running":0,"draining":false,"seen_until":"x"}]}""".formatted(ONE, TWO, THREE);

    @TempDir
    Path home;

    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway().on("GET /operations/workers", FakeGateway.json(200, WORKERS));
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
    void workersAreATable() throws Exception {
        CommandRun run = run("workers");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals("NAME     QUEUE  RUNNING  SLOTS  ID                                    STATE", lines.get(0));
        assertEquals("email-1  email        3      8  " + ONE + "  takes jobs", lines.get(1));
        assertEquals(
                "twin     probe        1      4  " + TWO + "  drained since " + Moments.local("2026-11-26T12:00:00Z")
                        + " by op-7: a bad disk",
                lines.get(2));
        assertEquals(run.out(), run("workers", "list").out());
        assertEquals(
                3, Json.read(run("workers", "--json").bytes()).path("items").size());
    }

    @Test
    void oneIsDrainedByItsNameAndLetGoOnByItsId() {
        String drain = "/operations/workers/" + ONE + "/drain";
        gateway.on("PUT " + drain + "?reason=a%20bad%20disk", FakeGateway.empty(204))
                .on("DELETE " + drain, FakeGateway.empty(204), FakeGateway.problem(404, "x", ""));
        CommandRun drained = run("workers", "drain", "email-1", "--reason", "a bad disk");
        assertEquals(0, drained.status(), drained.err());
        assertTrue(drained.err().contains("accepted workers undrain email-1"), drained.err());
        int before = gateway.requests().size();
        assertEquals(0, run("workers", "undrain", ONE).status());
        assertEquals(before + 1, gateway.requests().size(), "an id need not be looked for");
        assertEquals(3, run("workers", "undrain", "email-1").status());
    }

    @Test
    void aNameThatIsNobodysOrSeveralsChangesNothing() {
        CommandRun nobody = run("workers", "drain", "nobody", "--reason", "r");
        assertEquals(3, nobody.status());
        assertTrue(nobody.err().contains("accepted workers"), nobody.err());
        CommandRun several = run("workers", "drain", "twin", "--reason", "r");
        assertEquals(2, several.status());
        assertTrue(several.err().contains(TWO) && several.err().contains(THREE), several.err());
        assertTrue(
                gateway.requests().stream().allMatch(request -> request.method().equals("GET")));
        assertEquals(2, run("workers", "drain", "email-1").status(), "without a reason");
    }

    @Test
    void whereNobodyIsThatIsSaid() {
        gateway.on("GET /operations/workers", FakeGateway.json(200, "{\"items\":[]}"));
        CommandRun run = run("workers");
        assertEquals("", run.out());
        assertTrue(run.err().contains("No worker"), run.err());
    }
}
