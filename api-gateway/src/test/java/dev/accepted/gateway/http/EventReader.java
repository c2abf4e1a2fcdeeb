package dev.accepted.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Reads a stream of server-sent events as the WHATWG says, with Java's own client. */
public final class EventReader implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;
    private static final Event CLOSED = new Event("", "", "");

    /** An event. */
    public record Event(String name, String id, String data) {

        public JsonNode json() {
            return Workers.json(data);
        }
    }

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private final Map<String, String> fields = new HashMap<>();
    private volatile long retryMillis;

    private EventReader(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Opens a stream of the gateway under test.
     *
     * @param headers name, value, name, value
     */
    public static EventReader open(String path, String... headers) throws IOException, InterruptedException {
        String gateway = ConfigProvider.getConfig().getValue("test.url", String.class);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway + path)).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new EventReader(client.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
    }

    private void read() {
        try {
            response.body().forEach(this::line);
            events.add(CLOSED);
        } catch (java.io.UncheckedIOException brokenOff) {
            // Then there is no end to be told of.
            comments.add("broken off");
        }
    }

    private void line(String line) {
        if (line.isEmpty()) {
            if (fields.containsKey("data")) {
                events.add(new Event(
                        fields.getOrDefault("event", "message"), fields.getOrDefault("id", ""), fields.get("data")));
            }
            fields.clear();
        } else if (line.startsWith(":")) {
            comments.add(line);
        } else {
            String[] field = line.split(": ?", 2);
            fields.put(field[0], field[1]);
            if (field[0].equals("retry")) {
                retryMillis = Long.parseLong(field[1]);
            }
        }
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public long retryMillis() {
        return retryMillis;
    }

    /** The next event, waited for. */
    public Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("No event within " + PATIENCE_SECONDS + " s");
        }
        if (CLOSED.equals(event)) {
            throw new AssertionError("The stream was closed");
        }
        return event;
    }

    /** Whether the stream is closed in good order now, with no further event. */
    public boolean isClosed() throws InterruptedException {
        return CLOSED.equals(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** The next comment, waited for. */
    public String comment() throws InterruptedException {
        return String.valueOf(comments.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        response.body().close();
    }
}
