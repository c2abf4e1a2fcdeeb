package dev.accepted.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a process of ours how it is. */
final class HealthProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * The job types that the process on that port knows, once it is ready; empty while it is not.
     *
     * <p>They stand in {@code data.types} of the check {@code catalog}, separated by commas; without it there are none.
     */
    Optional<Set<String>> typesIfReady(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                return Optional.empty();
            }
            JsonNode health = Json.read(response.body());
            return health.path("status").asText().equals("UP") ? Optional.of(types(health)) : Optional.empty();
        } catch (IOException notListeningYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Set<String> types(JsonNode health) {
        for (JsonNode check : health.path("checks")) {
            if (check.path("name").asText().equals("catalog")) {
                String types = check.path("data").path("types").asText();
                return Arrays.stream(types.split(",", -1))
                        .map(String::strip)
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.toSet());
            }
        }
        return Set.of();
    }
}
