package dev.accepted.e2e.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.accepted.e2e.scenario.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Speaks to gateways that may be away, and tells what was not sent from what was not answered. */
final class Http {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final Fleet fleet;
    private final Optional<String> authorization;

    Http(Fleet fleet) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(CONNECT)
                        .build(),
                fleet,
                Optional.empty());
    }

    private Http(HttpClient client, Fleet fleet, Optional<String> authorization) {
        this.client = client;
        this.fleet = fleet;
        this.authorization = authorization;
    }

    /** The same for somebody who has credentials. */
    Http as(String credentials) {
        return new Http(client, fleet, Optional.of(credentials));
    }

    Answer get(String gateway, String path) throws InterruptedException {
        return send(gateway, path, HttpRequest.newBuilder().GET());
    }

    Answer post(String gateway, String path, String contentType, String body) throws InterruptedException {
        return send(
                gateway,
                path,
                HttpRequest.newBuilder().header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private Answer send(String gateway, String path, HttpRequest.Builder request) throws InterruptedException {
        URI address;
        try {
            address = URI.create(fleet.url(gateway)).resolve(path);
        } catch (UncheckedIOException itIsAway) {
            return new Answer.NotSent();
        }
        authorization.ifPresent(credentials -> request.header("Authorization", credentials));
        try {
            HttpResponse<byte[]> response =
                    client.send(request.uri(address).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
            return new Answer.Told(response.statusCode(), json(response));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Answer.NotSent();
        } catch (IOException e) {
            return new Answer.Lost();
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        try {
            return response.body().length == 0 ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
