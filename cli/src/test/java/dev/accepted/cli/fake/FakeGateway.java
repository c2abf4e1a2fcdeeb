package dev.accepted.cli.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A gateway by a test's script: what it is asked is noted, what it says was laid out before. */
public final class FakeGateway implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<HttpHandler>> answers = new ConcurrentHashMap<>();

    /** Listens on a free port of loopback. */
    public FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * What was asked.
     *
     * @param target path and query as they were sent
     * @param headers by their names in lower case
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {

        /** A header's value; empty when it was not sent. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Lays out what is answered, one after the other, the last one for ever.
     *
     * @param request method, path and query: {@code GET /jobs?limit=50}
     */
    public FakeGateway on(String request, HttpHandler... inTurn) {
        answers.put(request, new ArrayDeque<>(Arrays.asList(inTurn)));
        return this;
    }

    /** What it was asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The only request, or the last one. */
    public Request last() {
        return requests.get(requests.size() - 1);
    }

    /** An answer of JSON; headers as {@code Name: value}. */
    public static HttpHandler json(int status, String body, String... headers) {
        return bytes(status, "application/json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** An answer of problem+json. */
    public static HttpHandler problem(int status, String slug, String more, String... headers) {
        String body = """
                {"type":"http://127.0.0.1/problems/%s","title":"A title","status":%d,"detail":"A detail.",
                 "request_id":"r-1"%s}""".formatted(slug, status, more.isEmpty() ? "" : "," + more);
        return bytes(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Any answer. */
    public static HttpHandler bytes(int status, String type, byte[] body, String... headers) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            for (String header : headers) {
                String[] parts = header.split(": ", 2);
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        };
    }

    /** An answer without a body. */
    public static HttpHandler empty(int status, String... headers) {
        return bytes(status, "text/plain", new byte[0], headers);
    }

    /** A stream of events that ends behind the last of these words. */
    public static HttpHandler stream(String... words) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            for (String word : words) {
                exchange.getResponseBody().write(word.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            exchange.close();
        };
    }

    /** Takes the request and goes away without a word. */
    public static HttpHandler hangUp() {
        return exchange -> {
            exchange.getRequestBody().readAllBytes();
            throw new IOException("hung up by the test");
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> String.join(", ", header.getValue()),
                        (one, other) -> one,
                        TreeMap::new));
        String target = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(exchange.getRequestMethod(), target, headers, body));
        next(exchange.getRequestMethod() + " " + target).handle(exchange);
    }

    private HttpHandler next(String request) {
        Deque<HttpHandler> left = answers.get(request);
        if (left == null) {
            return problem(404, "job-not-found", "\"asked\":\"" + request.replace("\"", "'") + "\"");
        }
        synchronized (left) {
            return left.size() > 1 ? left.removeFirst() : left.getFirst();
        }
    }
}
