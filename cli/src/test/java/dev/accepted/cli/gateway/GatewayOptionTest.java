package dev.accepted.cli.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.CommandRun;
import dev.accepted.cli.fake.FakeGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayOptionTest {

    @TempDir
    Path home;

    private FakeGateway gateway;

    @BeforeEach
    void listen() throws Exception {
        gateway = new FakeGateway().on("GET /schedules", FakeGateway.json(200, "{\"items\":[]}"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private CommandRun.Setting setting() {
        return new CommandRun.Setting(home);
    }

    @Test
    void theOptionGoesBeforeTheVariableAndASlashAtTheEndDoesNoHarm() {
        CommandRun.Setting elsewhere = setting().variable("ACCEPTED_URL", "http://127.0.0.1:1");
        assertEquals(0, elsewhere.run("schedules", "--url", gateway.url() + "/").status());
        assertEquals(
                0,
                setting()
                        .variable("ACCEPTED_URL", gateway.url())
                        .run("schedules")
                        .status());
        assertEquals(2, gateway.requests().size());
    }

    @Test
    void anAddressMayHaveAPathOfItsOwn() {
        gateway.on("GET /api/schedules", FakeGateway.json(200, "{\"items\":[]}"));
        assertEquals(
                0, setting().run("schedules", "--url", gateway.url() + "/api").status());
        assertEquals("/api/schedules", gateway.last().target());
    }

    @Test
    void aTokenIsTakenFromTheOptionTheFileOrTheVariableAndElseThereIsNone() throws Exception {
        Path file = Files.writeString(home.resolve("token"), "from-file\n");
        assertEquals("", tokenOf(setting().variable("ACCEPTED_TOKEN", " ")));
        assertEquals("Bearer from-variable", tokenOf(variable()));
        assertEquals("Bearer from-file", tokenOf(variable(), "--token-file", file.toString()));
        assertEquals("Bearer from-option", tokenOf(variable(), "--token", "from-option"));
    }

    private CommandRun.Setting variable() {
        return setting().variable("ACCEPTED_TOKEN", "from-variable");
    }

    private String tokenOf(CommandRun.Setting setting, String... options) {
        String[] words = new String[options.length + 3];
        words[0] = "schedules";
        words[1] = "--url";
        words[2] = gateway.url();
        System.arraycopy(options, 0, words, 3, options.length);
        CommandRun run = setting.run(words);
        assertEquals(0, run.status(), run.err());
        return gateway.last().header("Authorization");
    }

    @Test
    void withoutAnAddressAndAStackTheWayToBothIsTold() {
        CommandRun run = setting().run("jobs");
        assertEquals(4, run.status());
        assertTrue(run.err().contains("accepted up") && run.err().contains("ACCEPTED_URL"), run.err());
    }

    @Test
    void aDirectoryGoesBeforeTheVariableForItIsSaidNow() {
        CommandRun run = setting()
                .variable("ACCEPTED_URL", gateway.url())
                .run("jobs", "--data", home.resolve("none").toString());
        assertEquals(4, run.status());
        assertTrue(run.err().contains("No stack is ready"), run.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs --url http://127.0.0.1:1 --data x",
                "jobs --url ftp://127.0.0.1",
                "jobs --url 127.0.0.1:8080",
                "jobs --url http://me:secret@127.0.0.1",
                "jobs --url http://127.0.0.1 --token a --token-file b",
                "jobs --url http://127.0.0.1 --token ä",
                "jobs --url http://127.0.0.1 --token-file nowhere",
                "jobs --url http://127.0.0.1 --patience soon"
            })
    void whatContradictsItselfIsNotSent(String line) {
        CommandRun run = setting().run(line.split(" "));
        assertEquals(2, run.status(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
