package dev.accepted.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Somebody who is told of jobs: a real server on 127.0.0.1, which does as the test says. */
final class Receiver implements AutoCloseable {

    /** A message as it came. */
    record Received(String path, Map<String, List<String>> headers, String body) {}

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private Receiver(HttpServer server, HttpHandler then) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(exchange.getRequestURI().toString(), headers, body));
            then.handle(exchange);
        });
        server.start();
    }

    /** One who answers over TLS. */
    static Receiver tls(Certificate certificate, HttpHandler then) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return new Receiver(server, then);
    }

    /** One who answers without TLS. */
    static Receiver plain(HttpHandler then) throws IOException {
        return new Receiver(HttpServer.create(loopback(), 0), then);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Answers with a status, and perhaps a header. */
    static HttpHandler answering(int status, @Nullable String header, @Nullable String value) {
        return exchange -> {
            if (header != null) {
                exchange.getResponseHeaders().add(header, value);
            }
            answer(exchange, status);
        };
    }

    static HttpHandler answering(int status) {
        return answering(status, null, null);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
