package dev.accepted.cli.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.Moments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitCommandsTest {

    private static final String LIMIT = """
            {"kind":"tenant","name":"acme","most":10,"running":4,"waiting":0,"since":"2026-11-26T12:00:00Z","reason":"asked"}""";

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
    void limitsAreATable() throws Exception {
        gateway.on(
                "GET /operations/limits",
                FakeGateway.json(200, "{\"items\":[" + LIMIT + "]}"),
                FakeGateway.json(200, "{\"items\":[]}"));
        assertEquals(
                List.of(
                        "KIND    NAME  MOST  RUNNING  WAITING  SINCE                      REASON",
                        "tenant  acme    10        4        0  " + Moments.local("2026-11-26T12:00:00Z") + "  asked"),
                run("limits", "list").out().lines().toList());
        CommandRun none = run("limits");
        assertEquals("", none.out());
        assertTrue(none.err().contains("accepted limits set"), none.err());
        assertEquals(0, Json.read(run("limits", "--json").bytes()).path("items").size());
    }

    @Test
    void aLimitIsSetAndTakenAway() throws Exception {
        gateway.on("PUT /operations/limits/tenants/acme", FakeGateway.json(201, LIMIT))
                .on(
                        "DELETE /operations/limits/tenants/acme",
                        FakeGateway.empty(204),
                        FakeGateway.problem(404, "x", ""));
        CommandRun set = run("limits", "set", "tenant", "acme", "10", "--reason", "asked");
        assertEquals(0, set.status(), set.err());
        assertTrue(set.err().contains("4 do, 0 wait"), set.err());
        assertEquals("", set.out());
        assertEquals(
                Json.read("{\"most\":10,\"reason\":\"asked\"}".getBytes(StandardCharsets.UTF_8)),
                Json.read(gateway.last().body().getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                10,
                Json.read(run("limits", "set", "tenant", "acme", "10", "--json").bytes())
                        .path("most")
                        .asInt());
        assertEquals("{\"most\":10}", gateway.last().body());
        assertEquals(0, run("limits", "delete", "tenant", "acme").status());
        assertEquals(3, run("limits", "delete", "tenant", "acme").status());
    }

    @Test
    void aKindIsSaidAsOneSaysItAndAnyNameIsOne() {
        gateway.on("PUT /operations/limits/tenants/*", FakeGateway.json(200, LIMIT))
                .on("PUT /operations/limits/types/a%20b%2Fc", FakeGateway.json(200, LIMIT))
                .on("PUT /operations/limits/queues/email", FakeGateway.json(200, LIMIT));
        assertEquals(0, run("limits", "set", "tenant", "*", "3").status());
        assertEquals(0, run("limits", "set", "type", "a b/c", "0").status());
        assertEquals(0, run("limits", "set", "queue", "email", "0").status());
    }

    @Test
    void whatIsNotUnderstoodIsNotSent() {
        assertEquals(2, run("limits", "set", "planet", "acme", "3").status());
        assertEquals(2, run("limits", "set", "tenant", "acme").status());
        assertEquals(2, run("limits", "set", "tenant", "acme", "many").status());
        assertEquals(2, run("limits", "delete", "tenant").status());
        assertEquals(2, run("limits", "set", "tenant", "..", "3").status());
        assertEquals(0, gateway.requests().size());
    }
}
