package dev.accepted.e2e.description;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Specmatic: makes requests of an OpenAPI document, good ones and bad ones, and holds the answers against it. */
final class Specmatic {

    private static final Pattern SUMMARY = Pattern.compile("Tests run: (\\d+), Successes: \\d+, Failures: (\\d+)");
    private static final Pattern FAULTS = Pattern.compile("(?s)Unsuccessful Scenarios:(.*)Tests run:");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Pattern FAULT = Pattern.compile("(?m)^ {2}(?=\"[+-]ve )");

    private final Path directory;
    private final Pattern passedOver;

    /**
     * @param directory takes what it reads and says
     * @param passedOver what is in the name of a request that it rightly sees answered otherwise than it thinks
     */
    Specmatic(Path directory, Pattern passedOver) {
        this.directory = directory;
        this.passedOver = passedOver;
    }

    /**
     * What came of a run.
     *
     * @param bad answers that are not as described
     * @param passedOver requests of which that was said wrongly
     * @param faults what it says about the bad ones
     */
    record Tally(int run, int bad, int passedOver, List<String> faults) {}

    /**
     * Sends what it makes of a document.
     *
     * @param combinations of optional members, at most, for each request
     */
    Tally test(JsonNode document, String url, @Nullable String token, int combinations)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("openapi.json"), document.toString());
        Files.writeString(directory.resolve("specmatic.yaml"), """
            version: 2
            contracts:
              - provides:
                  - openapi.json
            test:
              resiliencyTests:
                enable: all
              timeoutInMilliseconds: 30000
            """);
        Map<String, String> environment = new HashMap<>();
        environment.put("SPECMATIC_DISABLE_TELEMETRY", "true");
        environment.put("MAX_TEST_REQUEST_COMBINATIONS", Integer.toString(combinations));
        if (token != null) {
            // It takes the credentials of a security scheme from the variable of that name.
            environment.put("bearer", token);
        }
        return tally(Run.of(command(url), environment, directory, "specmatic", PATIENCE));
    }

    private static List<String> command(String url) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-Xmx768m");
        command.add("-jar");
        command.add(Tools.fromNpm("specmatic/specmatic.jar").toString());
        command.add("test");
        command.add("--testBaseURL=" + url);
        return command;
    }

    private Tally tally(Run run) {
        Matcher summary = SUMMARY.matcher(run.said());
        if (!summary.find()) {
            throw new AssertionError("It made no test: " + run.said());
        }
        Matcher said = FAULTS.matcher(run.said());
        List<String> faults =
                new ArrayList<>(said.find() ? FAULT.splitAsStream(said.group(1)).toList() : List.of());
        faults.removeIf(String::isBlank);
        int all = faults.size();
        faults.removeIf(fault ->
                passedOver.matcher(fault.lines().findFirst().orElse("")).find());
        int failures = Integer.parseInt(summary.group(2));
        if (all != failures) {
            throw new AssertionError(failures + " failures, of which " + all + " could be read: " + run.said());
        }
        return new Tally(Integer.parseInt(summary.group(1)), faults.size(), all - faults.size(), faults);
    }
}
