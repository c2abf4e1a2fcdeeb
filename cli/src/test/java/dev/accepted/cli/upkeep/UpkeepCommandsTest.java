package dev.accepted.cli.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import dev.accepted.cli.files.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepCommandsTest {

    private static final String VERIFICATION = "/operations/verifications/v-1";
    private static final String REBUILD = "/operations/rebuilds/r-1";

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

    private CommandRun.Setting setting() {
        return new CommandRun.Setting(home);
    }

    private CommandRun run(CommandRun.Setting setting, String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("--url", gateway.url(), "--patience", "0"));
        return setting.run(all.toArray(String[]::new));
    }

    private static String body(String path, String status, String stage, String progress, String more) {
        return """
                {"id":"x","status":"%s","done":%s,"stage":"%s","status_url":"%s","progress":{%s}%s}""".formatted(
                        status, !status.equals("running"), stage, path, progress, more.isEmpty() ? "" : "," + more);
    }

    private static String folding(String path) {
        return body(
                path,
                "running",
                "folding",
                "\"records_read\":30,\"records_total\":100,\"percent\":30,\"rate_per_second\":12345,\"seconds_left\":75",
                "");
    }

    @Test
    void aCleanVerificationIsFollowedToItsEnd() {
        gateway.on("POST /operations/verifications?reason=a%20test", FakeGateway.json(202, folding(VERIFICATION)))
                .on(
                        "GET " + VERIFICATION,
                        FakeGateway.json(
                                200,
                                body(
                                        VERIFICATION,
                                        "succeeded",
                                        "comparing",
                                        "\"percent\":100",
                                        "\"jobs\":1234,\"differences\":0,\"out_of_reach\":5,\"items\":[]")));
        CommandRun run = run(setting().onTerminal(), "verify", "--reason", "a test");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains(" 30 %  folding: 12,345/s, 1:15 left"), run.out());
        assertTrue(run.out().contains("100 %  succeeded"), run.out());
        assertTrue(run.out().contains("5 jobs cannot be checked"), run.out());
        assertTrue(run.out().endsWith("Clean: of 1234 jobs, the table says what the log says.\n"), run.out());
    }

    @Test
    void aDifferenceIsNamedWithItsColumnsAndItsPlaceAndHasACodeOfItsOwn() throws Exception {
        String items = """
                "jobs":9,"differences":22,"more":false,"items":[
                 {"job_id":"job-1","kind":"changed","columns":[{"column":"status","table":"failed","log":"succeeded"},
                   {"column":"result","log":"{}"}],"position":{"topic":"jobs.events","partition":3,"offset":77}},
                 {"job_id":"job-2","kind":"missing","columns":[]}]""";
        gateway.on(
                "POST /operations/verifications",
                FakeGateway.json(202, body(VERIFICATION, "differs", "confirming", "\"percent\":100", items)));
        CommandRun run = run(setting(), "verify");
        assertEquals(1, run.status(), run.err());
        assertTrue(run.out().contains("""
                                job-1 differs, last record jobs.events/3/77
                                    status: the table says "failed", the log "succeeded"
                                    result: the table says nothing, the log "{}"
                                job-2 is not in the table, last record unknown
                                and 20 others
                                """), run.out());
        assertTrue(run.out().contains("Not clean: 22 jobs differ"), run.out());
        CommandRun json = run(setting(), "verify", "--json");
        assertEquals(1, json.status());
        assertEquals(22, Json.read(json.bytes()).path("differences").asInt());
    }

    @Test
    void whatCouldNotBeFoundOutIsNeitherCleanNorDifferent() {
        String failed =
                body(VERIFICATION, "failed", "folding", "\"percent\":4", "\"failure\":\"Kafka cannot be asked.\"");
        gateway.on("GET " + VERIFICATION, FakeGateway.json(200, failed));
        CommandRun run = run(setting(), "verify", "--follow", "v-1");
        assertEquals(4, run.status(), run.err());
        assertTrue(run.out().endsWith("Not found out: Kafka cannot be asked.\n"), run.out());
        assertEquals(1, gateway.requests().size());
    }

    @Test
    void whoeverComesSecondIsToldHowToFollowTheFirst() {
        gateway.on(
                "POST /operations/verifications",
                FakeGateway.problem(409, "upkeep-running", "\"status_url\":\"" + VERIFICATION + "\""),
                FakeGateway.problem(409, "upkeep-running", "\"status_url\":\"" + REBUILD + "\""));
        CommandRun same = run(setting(), "verify");
        assertEquals(3, same.status());
        assertTrue(same.err().contains("`accepted verify --follow v-1`"), same.err());
        CommandRun other = run(setting(), "verify");
        assertEquals(3, other.status());
        assertTrue(!other.err().contains("--follow"), other.err());
    }

    @Test
    void aRebuildEndsAsItSays() {
        String done = body(
                REBUILD,
                "succeeded",
                "swapping",
                "\"percent\":100",
                "\"jobs\":100000,\"carried_over\":3,\"blocked_millis\":120");
        String failed = body(REBUILD, "failed", "swapping", "\"percent\":99", "\"failure\":\"The table was in use.\"");
        gateway.on(
                "POST /operations/rebuilds",
                FakeGateway.json(202, done),
                FakeGateway.json(202, failed),
                FakeGateway.problem(409, "old-table-kept", ""));
        CommandRun run = run(setting(), "rebuild");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("3 jobs were taken over as they were"), run.out());
        assertTrue(
                run.out().contains("Rebuilt: 100000 jobs. For the swap the fold stood still for 120 ms."), run.out());
        CommandRun not = run(setting(), "rebuild");
        assertEquals(1, not.status());
        assertTrue(not.out().endsWith("Not rebuilt: The table was in use.\n"), not.out());
        CommandRun kept = run(setting(), "rebuild");
        assertEquals(3, kept.status());
        assertTrue(kept.err().contains("accepted rebuild --drop-old"), kept.err());
    }

    @Test
    void theOldTableIsDroppedWhenThatIsSaidAndNothingElseIsDone() {
        gateway.on(
                "DELETE /operations/rebuilds/old", FakeGateway.empty(204), FakeGateway.problem(404, "about:blank", ""));
        assertEquals(0, run(setting(), "rebuild", "--drop-old").status());
        assertEquals(3, run(setting(), "rebuild", "--drop-old").status());
        assertEquals(2, run(setting(), "rebuild", "--drop-old", "--reason", "x").status());
        assertEquals(2, gateway.requests().size());
    }
}
