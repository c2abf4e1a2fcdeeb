package dev.accepted.localstack.mail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The mailbox over HTTP, on 127.0.0.1.
 *
 * <pre>
 * GET    /messages/count?to=ADDRESS                    {"count": 3}
 * GET    /messages?to=ADDRESS&amp;after=NUMBER&amp;limit=100   {"messages": [{"number", "received_at", "from", "to",
 *                                                       "subject", "headers", "text"}]}, oldest first
 * DELETE /messages                                     204, forgets all
 * </pre>
 *
 * {@code to} and {@code after} are optional in both.
 */
final class MailboxApi implements AutoCloseable {

    private static final int DEFAULT_LIMIT = 100;

    private final Mailbox mailbox;
    private final HttpServer server;
    private final ObjectMapper json = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    MailboxApi(Mailbox mailbox, int port) throws IOException {
        this.mailbox = mailbox;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                route(exchange);
            } catch (NumberFormatException notANumber) {
                exchange.sendResponseHeaders(400, -1);
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
            case "GET /messages/count" -> answer(exchange, Map.of("count", mailbox.count(wanted(query))));
            case "GET /messages" -> answer(exchange, Map.of("messages", mailbox.list(wanted(query), limit(query))));
            case "DELETE /messages" -> {
                mailbox.clear();
                exchange.sendResponseHeaders(204, -1);
            }
            default -> exchange.sendResponseHeaders(404, -1);
        }
    }

    private void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Predicate<Mail> wanted(Map<String, String> query) {
        long after = Long.parseLong(query.getOrDefault("after", "0"));
        Optional<String> to = Optional.ofNullable(query.get("to"));
        return mail -> mail.number() > after
                && to.map(address -> address.equalsIgnoreCase(mail.to())).orElse(true);
    }

    private static int limit(Map<String, String> query) {
        return Integer.parseInt(query.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT)));
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
