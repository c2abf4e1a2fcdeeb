package dev.accepted.e2e.run;

import dev.accepted.e2e.history.Execution;
import dev.accepted.e2e.history.History;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the execution log. Its lines have no time, but a line that was not there at a look was written after it: that
 * look is the execution's earliest time.
 */
final class ExecutionWatch implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(20);

    private final Path file;
    private final History history;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final StringBuilder rest = new StringBuilder();
    private Instant lastLook = Instant.now();
    private long read;

    ExecutionWatch(Path file, History history) {
        this.file = file;
        this.history = history;
        this.thread = new Thread(this::follow, "executions");
        thread.start();
    }

    private void follow() {
        try {
            while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
            look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws IOException {
        Instant now = Instant.now();
        if (Files.exists(file)) {
            try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
                byte[] news = new byte[(int) (log.length() - read)];
                log.seek(read);
                log.readFully(news);
                read += news.length;
                rest.append(new String(news, StandardCharsets.US_ASCII));
            }
        }
        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
            String[] words = rest.substring(0, end).split(" ", -1);
            rest.delete(0, end + 1);
            history.saw(new Execution(words[0], Integer.parseInt(words[1]), lastLook));
        }
        lastLook = now;
    }

    /** Takes a last look. */
    @Override
    public void close() throws InterruptedException {
        closed.countDown();
        thread.join();
    }
}
