package dev.accepted.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Speaks to a gateway as any client would. Safe for use by many threads. */
public final class Client {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final @Nullable String token;

    Client(String base) {
        this(base, null);
    }

    public Client(String base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    public HttpResponse<byte[]> send(String method, String path, @Nullable String contentType, byte[] body) {
        return send(method, path, contentType, body, Map.of());
    }

    private HttpResponse<byte[]> send(
            String method, String path, @Nullable String contentType, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base).resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<byte[]> get(String path) {
        return send("GET", path, null, new byte[0]);
    }

    HttpResponse<byte[]> post(String path, String json) {
        return send("POST", path, "application/json", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Submits with a key. */
    HttpResponse<byte[]> submitWithKey(String key, String json) {
        byte[] body = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return send("POST", "/jobs", "application/json", body, Map.of("Idempotency-Key", '"' + key + '"'));
    }

    /** Submits, insists on 202, and gives the body. */
    public JsonNode submit(String path, String json) {
        HttpResponse<byte[]> answer = post(path, json);
        if (answer.statusCode() != 202) {
            throw new AssertionError(
                    answer.statusCode() + " " + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        return json(answer);
    }

    /** Submits a probe and gives its id. */
    String probe(String type, String input) {
        return submit("/jobs", "{\"type\":\"%s\",\"input\":%s}".formatted(type, input))
                .get("job_id")
                .asText();
    }

    public JsonNode json(HttpResponse<byte[]> answer) {
        return json(answer.body());
    }

    JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a status until it is as wanted. */
    public JsonNode await(String statusUrl, Duration atMost, Predicate<JsonNode> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            HttpResponse<byte[]> answer = get(statusUrl);
            JsonNode job = json(answer);
            if (answer.statusCode() == 200 && wanted.test(job)) {
                return job;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not as wanted within " + atMost + ": " + answer.statusCode() + " " + job);
            }
            pause(LOOK_AGAIN);
        }
    }

    public JsonNode awaitEnd(String statusUrl, Duration atMost) throws InterruptedException {
        return await(statusUrl, atMost, job -> job.path("done").asBoolean());
    }

    /** What is watched is another process, which has no signal to wait for. */
    public static void pause(Duration length) throws InterruptedException {
        var unused = new CountDownLatch(1).await(length.toNanos(), TimeUnit.NANOSECONDS);
    }
}
