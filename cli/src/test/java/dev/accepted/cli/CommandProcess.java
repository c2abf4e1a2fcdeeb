package dev.accepted.cli;

import static org.awaitility.Awaitility.await;

import dev.accepted.localstack.process.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code accepted ...} as a process, with what it said. */
public final class CommandProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in the working tree {@code home}. */
    public static CommandProcess start(Path home, Map<String, String> environment, String... arguments)
            throws IOException {
        JavaProgram program = new JavaProgram(
                JavaProgram.ownClassPath(),
                List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Daccepted.home=" + home),
                Accepted.class.getName());
        Path out = Files.createTempFile("accepted", ".out");
        Path err = Files.createTempFile("accepted", ".err");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(program.words(List.of(arguments))))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new CommandProcess(builder.start(), out, err);
    }

    /** Runs it to its end. */
    public static CommandProcess run(Path home, String... arguments) throws Exception {
        CommandProcess command = start(home, Map.of(), arguments);
        command.exitStatus();
        return command;
    }

    /** Waits for the line that says it is ready, and gives its URL. */
    public String awaitReady() {
        await().atMost(Duration.ofMinutes(2)).until(() -> out().startsWith("ready: ") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("It ended:\n" + err());
        }
        return out().strip().substring("ready: ".length());
    }

    /** Waits for the end. */
    public int exitStatus() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("It does not end:\n" + err());
        }
        return process.exitValue();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        exitStatus();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
