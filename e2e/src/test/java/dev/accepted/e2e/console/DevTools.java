package dev.accepted.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One tab's end of the DevTools protocol: calls with answers, and what the tab complains of. One caller at a time. */
final class DevTools implements AutoCloseable, WebSocket.Listener {

    static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    DevTools(HttpClient client, URI address) throws InterruptedException {
        this.socket = got(client.newWebSocketBuilder().buildAsync(address, this), "the connection to " + address);
    }

    /** Calls a method and gives its result. */
    JsonNode call(String method, Map<String, ?> parameters) throws InterruptedException {
        ObjectNode message =
                JSON.createObjectNode().put("id", lastId.incrementAndGet()).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(lastId.get(), answer);
        got(socket.sendText(message.toString(), true), method);
        JsonNode said = got(answer, method);
        if (said.has("error")) {
            throw new AssertionError(method + ": " + said.path("error"));
        }
        return said.path("result");
    }

    /** Exceptions that nobody caught, and whatever the browser kept the page from doing. */
    List<String> complaints() {
        return complaints;
    }

    private static <T> T got(CompletionStage<T> stage, String what) throws InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The browser did not answer: " + what, e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
        text.append(piece);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            take(whole);
        }
        from.request(1);
        return null;
    }

    private void take(String whole) {
        try {
            JsonNode message = JSON.readTree(whole);
            if (message.has("id")) {
                Objects.requireNonNull(calls.remove(message.path("id").asInt())).complete(message);
            } else {
                event(message.path("method").asText(), message.path("params"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void event(String method, JsonNode told) {
        if (method.equals("Runtime.exceptionThrown")) {
            complaints.add(told.path("exceptionDetails").toString());
        } else if (method.equals("Log.entryAdded")) {
            JsonNode entry = told.path("entry");
            // An answer 401 or 404 is told too, and is what the test asked for.
            if (entry.path("level").asText().equals("error")
                    && !entry.path("source").asText().equals("network")) {
                complaints.add(entry.toString());
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
