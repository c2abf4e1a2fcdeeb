package dev.accepted.e2e.load;

import dev.accepted.e2e.history.BadInput;
import dev.accepted.e2e.history.History;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What no gateway may accept. */
final class BadRequests {

    private record Bad(String what, String contentType, String body) {}

    private static final String JSON = "application/json";

    /** {@code MARKER} stands for a word by which it would be found in the log. */
    private static final List<Bad> ALL = List.of(
            new Bad("a body cut short", JSON, "{\"type\":\"probe.noop\",\"input\":{\"MARKER\":"),
            new Bad("a type that nobody has", JSON, "{\"type\":\"MARKER\",\"input\":{}}"),
            new Bad(
                    "an input that is not of its schema",
                    JSON,
                    "{\"type\":\"probe.sleep\",\"client_reference\":\"MARKER\",\"input\":{\"millis\":\"MARKER\"}}"),
            new Bad("an envelope with a stranger", JSON, "{\"type\":\"probe.noop\",\"input\":{},\"MARKER\":1}"),
            new Bad(
                    "a member twice",
                    JSON,
                    "{\"type\":\"probe.noop\",\"input\":{},\"input\":{},\"client_reference\":\"MARKER\"}"),
            new Bad("another content type", "text/plain", "{\"type\":\"probe.noop\",\"input\":{\"MARKER\":1}}"),
            new Bad(
                    "a time that is none",
                    JSON,
                    "{\"type\":\"probe.noop\",\"input\":{\"MARKER\":1},\"scheduled_time\":\"tomorrow\"}"));

    private final Http http;
    private final History history;
    private final AtomicInteger sent = new AtomicInteger();

    BadRequests(Http http, History history) {
        this.http = http;
        this.history = history;
    }

    /** Sends the next one; what is not answered proves nothing and is not noted. */
    void send(String gateway) throws InterruptedException {
        int number = sent.getAndIncrement();
        Bad bad = ALL.get(number % ALL.size());
        String marker = "unacceptable" + number + "x";
        Answer answer = http.post(gateway, "/jobs", bad.contentType, bad.body.replace("MARKER", marker));
        if (answer instanceof Answer.Told told) {
            history.saw(new BadInput(marker, bad.what, told.code()));
        }
    }
}
