package dev.accepted.gateway.http;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The gateway's own settings for a test: local mode, one broker, a directory of its own. */
public final class GatewaySettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("accepted-gateway-");
            return Map.of(
                    "quarkus.http.test-port", "0",
                    "accepted.mode", "local",
                    "accepted.limits.stall", "PT5S",
                    "accepted.id-key", "MDEyMzQ1Njc4OWFiY2RlZg==",
                    "accepted.objects.directory", directory.resolve("objects").toString(),
                    "accepted.topics.replication", "1",
                    "accepted.topics.min-isr", "1",
                    "accepted.jwt.public-key-location",
                            Tokens.publicKeyIn(directory).toString(),
                    "accepted.jwt.issuer", Tokens.ISSUER,
                    "accepted.webhooks.key", "YSBrZXkgZm9yIHRlc3RzIGFsb25l");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The directory lies under the system's temporary one and is left to the system.
    }
}
