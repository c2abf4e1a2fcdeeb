package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import jakarta.inject.Singleton;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Appends a line {@code <job id> <attempt>} for each execution to the file that {@code PROBE_EXECUTION_LOG} names.
 * Several workers may append to one file: a line is one write.
 */
@Singleton
class ExecutionLog {

    // Not a channel: that would be closed for good by the first interrupt of a handler that writes.
    private final @Nullable OutputStream file;

    ExecutionLog(@ConfigProperty(name = "probe.execution.log") Optional<String> path) throws IOException {
        this.file = path.isEmpty() ? null : new FileOutputStream(path.get(), true);
    }

    void began(JobContext job) {
        if (file == null) {
            return;
        }
        byte[] line = (job.id() + " " + job.attempt() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (this) {
                file.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The execution log cannot be written", e);
        }
    }
}
