package dev.accepted.e2e.description;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a tool.
 *
 * @param said standard output and errors
 */
record Run(int status, String said) {

    /**
     * Runs a command to its end in a directory, where what it says is kept; one that takes too long is killed, and that is
     * a failure.
     *
     * @param name the log's, without its ending
     */
    static Run of(List<String> command, Map<String, String> environment, Path directory, String name, Duration atMost)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(directory.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(command.get(0) + " did not end within " + atMost + "; what it said is in " + log);
        }
        return new Run(process.exitValue(), Files.readString(log));
    }
}
