package dev.accepted.cli.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands for a gateway or a worker: started the same way, told the same things, ready in the same words.
 *
 * <p>{@code FAKE_REFUSES=name} makes the worker of that name fail at once; {@code FAKE_DIARY=file} takes a line when one
 * is asked to stop; {@code FAKE_AUDIT=file} has what the gateway answers to an audit.
 */
public final class FakeApplication {

    private FakeApplication() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        String name = environment.getOrDefault("ACCEPTED_WORKER_NAME", "gateway");
        if (name.equals(environment.get("FAKE_REFUSES"))) {
            System.err.println("the fake does not want to");
            System.exit(3);
        }
        int port = Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        String types = name.equals("gateway") ? "probe.echo, email.campaign" : type(name);
        server.createContext("/q/health/ready", exchange -> answer(exchange, health(types)));
        server.createContext(
                "/pid",
                exchange ->
                        answer(exchange, Long.toString(ProcessHandle.current().pid())));
        server.createContext("/environment", exchange -> answer(exchange, lines(environment)));
        if (name.equals("gateway")) {
            new FakeJobs(server, "http://127.0.0.1:" + port);
            server.createContext(
                    "/operations/audit", exchange -> audit(exchange, environment.getOrDefault("FAKE_AUDIT", "")));
        }
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> note(environment, name)));
    }

    static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void audit(HttpExchange exchange, String file) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        if (file.isEmpty() || token == null) {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        } else {
            answer(exchange, Files.readString(Path.of(file)));
        }
    }

    private static String type(String worker) {
        return worker.startsWith("email") ? "email.campaign" : "probe.echo";
    }

    private static String health(String types) {
        return "{\"status\":\"UP\",\"checks\":[{\"name\":\"catalog\",\"status\":\"UP\",\"data\":{\"types\":\"" + types
                + "\"}}]}";
    }

    private static String lines(Map<String, String> environment) {
        StringBuilder lines = new StringBuilder();
        environment.forEach((name, value) ->
                lines.append(name).append('=').append(value.replace('\n', ' ')).append('\n'));
        return lines.toString();
    }

    private static void note(Map<String, String> environment, String name) {
        String diary = environment.get("FAKE_DIARY");
        if (diary != null) {
            try {
                Files.writeString(Path.of(diary), name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
