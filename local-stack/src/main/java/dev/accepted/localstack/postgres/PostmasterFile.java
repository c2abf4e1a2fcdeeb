package dev.accepted.localstack.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code postmaster.pid}: the server's own note of who runs on a data directory, and how far it is.
 *
 * <p>A killed server leaves it behind. PostgreSQL clears it then, unless its process id has meanwhile become somebody
 * else's: it takes any living process for a server.
 */
final class PostmasterFile {

    /** A server that was let go a moment ago may still be writing its last checkpoint. */
    private static final int PATIENCE_SECONDS = 10;

    private static final int STATUS_LINE = 7;

    private final Path file;

    PostmasterFile(Path data) {
        this.file = data.resolve("postmaster.pid");
    }

    boolean saysReady() {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        } catch (IOException notThereYet) {
            return false;
        }
    }

    void clearIfStale() throws IOException, InterruptedException {
        Optional<ProcessHandle> owner;
        try {
            List<String> lines = Files.readAllLines(file);
            owner = lines.isEmpty()
                    ? Optional.empty()
                    : runningServer(Long.parseLong(lines.get(0).strip()));
        } catch (NoSuchFileException stoppedInOrder) {
            return;
        }
        if (owner.isPresent()) {
            awaitEnd(owner.get());
        }
        Files.deleteIfExists(file);
    }

    private static Optional<ProcessHandle> runningServer(long pid) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .command()
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(false));
    }

    private void awaitEnd(ProcessHandle server) throws IOException, InterruptedException {
        try {
            server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    "PostgreSQL (process " + server.pid() + ") still runs on " + file.getParent()
                            + ". Stop it, or use another directory.",
                    e);
        }
    }
}
