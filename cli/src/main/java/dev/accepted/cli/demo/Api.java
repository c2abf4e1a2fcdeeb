package dev.accepted.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The stack's HTTP API as any client uses it. Redirects are not followed: they are part of what is shown. */
final class Api {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI base;
    private final String token;

    Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Sends a file's content. */
    HttpResponse<byte[]> send(String method, String path, String contentType, Path file, Identity identity)
            throws InterruptedException {
        try {
            return send(request(path, identity)
                    .header("Content-Type", contentType)
                    .method(method, BodyPublishers.ofFile(file)));
        } catch (IOException e) {
            throw new Refusal("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Gets what {@code reference}, relative or absolute, points to. */
    HttpResponse<byte[]> get(String reference, Identity identity) throws InterruptedException {
        return send(request(reference, identity).GET());
    }

    /** The JSON of a response that has one. */
    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return Json.read(response.body());
        } catch (IOException e) {
            throw new Refusal(describe(response) + " is not JSON.", e);
        }
    }

    /** What was asked and how it was answered, for people. */
    static String describe(HttpResponse<byte[]> response) {
        return response.request().method() + " " + response.uri() + " answered " + response.statusCode() + ": "
                + new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private HttpRequest.Builder request(String reference, Identity identity) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(reference)).timeout(TIMEOUT);
        if (identity == Identity.BEARER) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws InterruptedException {
        HttpRequest built = request.build();
        try {
            return client.send(built, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new Refusal(built.method() + " " + built.uri() + " got no answer: " + e, e);
        }
    }

    /** As whom a request is sent. */
    enum Identity {
        /** As nobody: a local stack lets anonymous clients submit, save for campaigns. */
        ANONYMOUS,
        /** With the token. */
        BEARER
    }
}
