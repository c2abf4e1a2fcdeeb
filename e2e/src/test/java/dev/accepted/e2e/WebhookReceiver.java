package dev.accepted.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody who is told of jobs: keeps what comes, and answers each path as its name says. */
final class WebhookReceiver implements AutoCloseable {

    /** A message as it came. */
    record Received(Instant at, String path, Map<String, List<String>> headers, String body) {

        String id() {
            return String.valueOf(headers.get("webhook-id"));
        }
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        Instant at = Instant.now();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(at, path, headers, body));
        if (path.equals("/moved")) {
            exchange.getResponseHeaders().add("Location", url("/ok"));
        }
        exchange.sendResponseHeaders(status(path), -1);
        exchange.close();
    }

    private int status(String path) {
        return switch (path) {
            case "/gone" -> 410;
            case "/moved" -> 302;
            case "/second-time" -> of(path).size() == 1 ? 503 : 200;
            default -> 204;
        };
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** What came to a path. */
    List<Received> of(String path) {
        return received.stream().filter(message -> message.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
