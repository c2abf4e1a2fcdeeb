package dev.accepted.e2e.description;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import dev.accepted.e2e.Tools;
import dev.accepted.e2e.description.Specmatic.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The descriptions have no fault, and the running gateway is as they say. {@code -Ddescriptions.combinations=N} makes more
 * requests of the same kind.
 */
class DescriptionsIT {

    private static final Path CHECKOUT = LocalSystem.checkout();
    private static final Path TOOLS = CHECKOUT.resolve("e2e").resolve("tools");
    private static final Path LOGS = CHECKOUT.resolve("e2e").resolve("target").resolve("descriptions");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> TYPES = List.of(
            "data.process",
            "email.campaign",
            "probe.fail",
            "probe.hold",
            "probe.noop",
            "probe.sleep",
            "report.generate");

    @TempDir
    static Path directory;

    private static LocalSystem system;
    private static Client client;
    private static JsonNode openApi;

    @BeforeAll
    static void start() throws Exception {
        system = LocalSystem.up(
                directory.resolve("data"), Map.of(), "--workers", "probe=1,analytics=1,reports=1,email=1");
        client = new Client(system.url(), system.token());
        openApi = client.await(
                "/openapi",
                PATIENCE,
                document -> TYPES.stream()
                        .allMatch(type -> document.at("/components/schemas").has(type + ".input")));
        Files.createDirectories(LOGS);
        Files.writeString(LOGS.resolve("openapi.json"), openApi.toString());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theOpenApiDocumentHasNoFault() throws Exception {
        redocly(LOGS.resolve("openapi.json"));
    }

    @Test
    void theAsyncApiDocumentHasNoFault() throws Exception {
        redocly(CHECKOUT.resolve("docs/asyncapi.yaml"));
        spectral(CHECKOUT.resolve("docs/asyncapi.yaml"));
    }

    @Test
    void theWayToAResultHasNoFaultAndIsOneThatThereIs() throws Exception {
        Path file = CHECKOUT.resolve("docs/arazzo.yaml");
        redocly(file);
        spectral(file);
        Set<String> there = new TreeSet<>(openApi.path("paths").findValuesAsText("operationId"));
        JsonNode way = new JsonMapper().valueToTree(new Yaml().load(Files.readString(file)));
        List<String> used = way.findValuesAsText("operationId");
        assertEquals(List.of("submitJob", "readJob", "readResult"), used);
        assertTrue(there.containsAll(used), used + " are not all among " + there);
    }

    private static void redocly(Path file) throws Exception {
        tool("redocly", file, "lint", "--config", TOOLS.resolve("redocly.yaml").toString());
    }

    private static void spectral(Path file) throws Exception {
        String rules = TOOLS.resolve("spectral.yaml").toString();
        tool("spectral", file, "lint", "--fail-severity", "hint", "--ruleset", rules);
    }

    private static void tool(String name, Path file, String... arguments) throws Exception {
        Tools.require("node");
        List<String> command = new ArrayList<>();
        command.add(Tools.fromNpm(".bin/" + name).toString());
        command.addAll(List.of(arguments));
        command.add(file.toString());
        // Redocly looks for news of itself.
        Map<String, String> environment = Map.of("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true", "REDOCLY_TELEMETRY", "off");
        Run run = Run.of(command, environment, LOGS, name + "-" + file.getFileName(), PATIENCE);
        assertEquals(0, run.status(), run.said());
    }

    @Test
    void theGatewayAnswersWhatItsDocumentSays() throws Exception {
        Tools.fromNpm("specmatic/specmatic.jar");
        ToolView view = new ToolView(openApi, TOOLS.resolve("told.json"), new Facts(client).make());
        int combinations = Integer.getInteger("descriptions.combinations", 1);
        Tally known = new Specmatic(LOGS.resolve("with-token"), view.passedOver())
                .test(view.withToken(), system.url(), system.token(), combinations);
        Tally anonymous = new Specmatic(LOGS.resolve("anonymous"), view.passedOver())
                .test(view.anonymous(), system.url(), null, combinations);
        System.out.printf("Contract test: with a token %s; anonymous %s%n", shown(known), shown(anonymous));
        assertEquals(List.of(), known.faults());
        assertEquals(List.of(), anonymous.faults());
        assertTrue(known.run() > 150 && anonymous.run() > 100, "It asked for too little to say anything");
    }

    private static String shown(Tally tally) {
        return "%d requests, %d answered otherwise than described, %d passed over"
                .formatted(tally.run(), tally.bad(), tally.passedOver());
    }
}
