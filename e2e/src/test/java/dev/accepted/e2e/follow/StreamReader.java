package dev.accepted.e2e.follow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a job's stream with Java's own client, on a thread of its own. */
final class StreamReader implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    /** An event, or how the stream came to its end: {@code closed} in good order, or {@code broken}. */
    record Event(String name, String id, long atMillis) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<Stream<String>> response;
    private String name = "";
    private String id = "";

    private StreamReader(HttpResponse<Stream<String>> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "stream-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static StreamReader open(HttpClient client, String address, @Nullable String lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new StreamReader(client.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
    }

    private void read() {
        try {
            response.body().forEach(this::line);
            events.add(new Event("closed", id, System.currentTimeMillis()));
        } catch (UncheckedIOException e) {
            events.add(new Event("broken", id, System.currentTimeMillis()));
        }
    }

    private void line(String line) {
        if (line.startsWith("event: ")) {
            name = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
            id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
            events.add(new Event(name, id, System.currentTimeMillis()));
        }
    }

    int status() {
        return response.statusCode();
    }

    Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("Nothing within " + PATIENCE_SECONDS + " s");
        }
        return event;
    }

    /** The event of that name, whatever comes before it but the stream's end. */
    Event await(String wanted) throws InterruptedException {
        Event event = next();
        while (!event.name().equals(wanted)) {
            if (event.name().equals("closed") || event.name().equals("broken")) {
                throw new AssertionError("The stream is " + event.name() + " and there was no " + wanted);
            }
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        response.body().close();
    }
}
