package dev.accepted.cli.schedules;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesCommandTest {

    private static final String NIGHTLY = """
            {"name":"nightly","cron":"30 2 * * 1-5","zone":"Europe/Berlin","type":"probe.sleep","input":{"millis":10, "x":12345678901234567890.10},
             "tags":{"a":"b"},"updated_at":"2026-11-26T12:00:00Z","next_fire_at":"2026-11-27T01:30:00Z",
             "last_job_id":"job-9","last_error":"no such type"}""";

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
    void aScheduleIsMadeWithItsInputAsItWasSaid() {
        gateway.on("PUT /schedules/nightly", FakeGateway.json(201, NIGHTLY));
        CommandRun run = run(
                "schedules",
                "put",
                "nightly",
                "--cron",
                "30 2 * * 1-5",
                "--zone",
                "Europe/Berlin",
                "--tag",
                "a=b",
                "--reference",
                "r",
                "probe.sleep",
                "millis:=10.0");
        assertEquals(0, run.status(), run.err());
        assertEquals(
                "{\"cron\":\"30 2 * * 1-5\",\"zone\":\"Europe/Berlin\",\"type\":\"probe.sleep\",\"client_reference\":\"r\","
                        + "\"tags\":{\"a\":\"b\"},\"input\":{\"millis\":10.0}}",
                gateway.last().body());
        assertEquals("Made.\n", run.err());
        assertTrue(run.out().contains("next firing  " + Moments.local("2026-11-27T01:30:00Z")), run.out());
        gateway.on("PUT /schedules/nightly", FakeGateway.json(200, NIGHTLY));
        assertEquals(
                "Replaced.\n",
                run("schedules", "put", "nightly", "--cron", "x", "--zone", "UTC", "t")
                        .err());
    }

    @Test
    void aScheduleIsShownAndEnded() throws Exception {
        gateway.on("GET /schedules/nightly", FakeGateway.json(200, NIGHTLY))
                .on("DELETE /schedules/nightly", FakeGateway.empty(204));
        CommandRun shown = run("schedules", "get", "nightly");
        assertTrue(shown.out().contains("input        {\"millis\":10,\"x\":12345678901234567890.10}"), shown.out());
        assertTrue(shown.out().contains("last error   no such type"), shown.out());
        assertEquals(
                "nightly",
                Json.read(run("schedules", "get", "nightly", "--json").bytes())
                        .path("name")
                        .asText());
        CommandRun ended = run("schedules", "delete", "nightly");
        assertEquals(0, ended.status(), ended.err());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("nightly is gone"), ended.err());
    }

    @Test
    void allOfThemAreATableOrTheGatewaysDocument() throws Exception {
        gateway.on("GET /schedules", FakeGateway.json(200, "{\"items\":[" + NIGHTLY + "]}"));
        CommandRun run = run("schedules");
        assertTrue(run.out().startsWith("NAME     CRON          ZONE           TYPE         NEXT  "), run.out());
        assertTrue(run.out().contains("nightly  30 2 * * 1-5  Europe/Berlin  probe.sleep  "), run.out());
        assertEquals(run.out(), run("schedules", "list").out());
        assertEquals(
                1, Json.read(run("schedules", "--json").bytes()).path("items").size());
        gateway.on("GET /schedules", FakeGateway.json(200, "{\"items\":[]}"));
        CommandRun none = run("schedules");
        assertEquals("", none.out());
        assertTrue(none.err().contains("schedules put"), none.err());
    }

    @Test
    void aRefusalTellsWhichPartIsWrong() {
        gateway.on("PUT /schedules/n", FakeGateway.problem(422, "validation-error", """
                        "errors":[{"pointer":"/cron","detail":"has five fields","code":"cron"}]"""))
                .on("GET /schedules/n", FakeGateway.problem(404, "schedule-not-found", ""));
        CommandRun run = run("schedules", "put", "n", "--cron", "x", "--zone", "UTC", "t");
        assertEquals(3, run.status());
        assertTrue(run.err().contains("/cron has five fields"), run.err());
        CommandRun unknown = run("schedules", "get", "n");
        assertEquals(3, unknown.status());
        assertTrue(unknown.err().contains("`accepted schedules` lists"), unknown.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedules put",
                "schedules put n --cron x t",
                "schedules put n --zone UTC t",
                "schedules put n --cron x --zone UTC",
                "schedules get",
                "schedules delete",
                "schedules dance"
            })
    void whatIsNotUnderstoodIsNotSent(String line) {
        assertEquals(2, run(line.split(" ")).status());
        assertEquals(0, gateway.requests().size());
    }
}
