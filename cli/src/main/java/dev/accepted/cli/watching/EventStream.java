package dev.accepted.cli.watching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Reads a stream of the WHATWG's format whose events are jobs. For one thread, but for {@link #silentFor}. */
final class EventStream {

    private static final long LONGEST_RETRY_MILLIS = 10_000;

    private final BufferedReader lines;
    private volatile long heardAt = System.nanoTime();
    private Optional<Duration> retry = Optional.empty();

    EventStream(InputStream bytes) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /**
     * The next event's data; empty at the end of the stream.
     *
     * @throws IOException when the stream broke, or said what is no job
     */
    Optional<JsonNode> next() throws IOException {
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            heardAt = System.nanoTime();
            if (line == null) {
                return Optional.empty();
            }
            if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(Json.read(data.toString().getBytes(StandardCharsets.UTF_8)));
            }
            take(line, data);
        }
    }

    /** How long the server wants to be left alone once the stream has ended. */
    Optional<Duration> retry() {
        return retry;
    }

    /** How long nothing was heard, not even a comment. */
    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    private void take(String line, StringBuilder data) {
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        String text = value.startsWith(" ") ? value.substring(1) : value;
        if (field.equals("data")) {
            data.append(text).append('\n');
        } else if (field.equals("retry") && text.matches("\\d{1,9}")) {
            retry = Optional.of(Duration.ofMillis(Math.min(LONGEST_RETRY_MILLIS, Long.parseLong(text))));
        }
    }
}
