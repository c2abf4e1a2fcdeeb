package dev.accepted.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A system that {@code ./accepted up} has started, with a directory of its own. */
public final class LocalSystem implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String READY = "ready: ";

    private final Path data;
    private final Process launcher;
    private final String url;

    private LocalSystem(Path data, Process launcher, String url) {
        this.data = data;
        this.launcher = launcher;
        this.url = url;
    }

    /** The top of the working tree. */
    public static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("accepted"))) {
            Path above = here.getParent();
            if (above == null) {
                throw new IllegalStateException("This test does not run within the working tree");
            }
            here = above;
        }
        return here;
    }

    /** Starts a system and returns when it is ready; what it says goes to {@code launcher.log} in its directory. */
    public static LocalSystem up(Path data, Map<String, String> environment, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("up", "--port", "0", "--data", data.toString()));
        command.addAll(List.of(options));
        Files.createDirectories(data);
        Path errors = data.resolve("launcher.log");
        Process launcher = launch(environment, errors, command);
        return new LocalSystem(data, launcher, awaitReady(launcher, errors));
    }

    /** Waits until a launcher says where what it started is; its errors are shown when it ends instead. */
    public static String awaitReady(Process launcher, Path errors) throws IOException {
        BufferedReader said = launcher.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        if (line == null || !line.startsWith(READY)) {
            launcher.destroy();
            throw new IOException("Not ready but: " + line + "\n" + Files.readString(errors));
        }
        return line.substring(READY.length());
    }

    /** Runs the launcher; what it says on standard error goes to a file. */
    public static Process launch(Map<String, String> environment, Path errors, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(checkout().resolve("accepted").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // The modules under test were built by the run that this test is part of.
        builder.environment().put("ACCEPTED_SKIP_BUILD", "1");
        // Read by every java that is started from here on.
        builder.environment().put("JDK_JAVA_OPTIONS", System.getProperty("e2e.java.options", ""));
        builder.environment().putAll(environment);
        return builder.start();
    }

    public String url() {
        return url;
    }

    public Path data() {
        return data;
    }

    /** The run file of one of its processes. */
    public JsonNode runFile(String name) {
        try {
            return JSON.readTree(Files.readAllBytes(data.resolve("run").resolve(name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException("No run file of " + name, e);
        }
    }

    public String url(String process) {
        return runFile(process).get("url").asText();
    }

    /** Sends a signal to one of its processes, by id. */
    public void signal(String signal, String process) throws IOException, InterruptedException {
        String pid = runFile(process).get("pid").asText();
        int status = new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
        if (status != 0) {
            throw new IOException("kill -" + signal + " of " + process + " (" + pid + ") ended with " + status);
        }
    }

    /** A token of its issuer; the options are the command's. */
    public String token(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("token", "--data", data.toString()));
        command.addAll(List.of(options));
        Process process = launch(Map.of(), data.resolve("token.log"), command);
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0 || lines.isEmpty()) {
            throw new IOException("No token: " + Files.readString(data.resolve("token.log")));
        }
        return lines.get(lines.size() - 1);
    }

    /** Stops it as an operator would, and waits until it has ended. */
    @Override
    public void close() {
        launcher.destroy();
        try {
            if (!launcher.waitFor(60, TimeUnit.SECONDS)) {
                launcher.destroyForcibly();
                throw new AssertionError("The launcher did not end within a minute of SIGTERM");
            }
        } catch (InterruptedException e) {
            launcher.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
