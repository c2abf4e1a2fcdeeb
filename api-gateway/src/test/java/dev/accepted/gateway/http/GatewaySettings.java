package dev.accepted.gateway.http;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The gateway's own settings for a test: local mode, one broker, a directory of its own. */
public final class GatewaySettings implements QuarkusTestResourceLifecycleManager {

    /** Tenants that are held to something; all others of the tests are not. */
    private static final Map<String, String> QUOTAS = Map.of(
            "accepted.quota.tenants.quota-rate.requests", "3",
            "accepted.quota.tenants.quota-rate.window", "PT10M",
            "accepted.quota.tenants.quota-bytes.bytes", "2000",
            "accepted.quota.tenants.quota-bytes.window", "PT10M",
            "accepted.quota.tenants.quota-queue.queued-jobs", "4",
            "accepted.quota.tenants.quota-burst.queued-jobs", "5");

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("accepted-gateway-");
            Map<String, String> settings = new HashMap<>(Map.of(
                    "quarkus.http.test-port", "0",
                    "accepted.mode", "local",
                    "accepted.id-key", "MDEyMzQ1Njc4OWFiY2RlZg==",
                    "accepted.objects.directory", directory.resolve("objects").toString(),
                    "accepted.topics.replication", "1",
                    "accepted.topics.min-isr", "1",
                    "accepted.jwt.public-key-location",
                            Tokens.publicKeyIn(directory).toString(),
                    "accepted.jwt.issuer", Tokens.ISSUER));
            settings.put("accepted.limits.stall", "PT5S");
            settings.put("accepted.webhooks.key", "YSBrZXkgZm9yIHRlc3RzIGFsb25l");
            settings.putAll(QUOTAS);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The directory lies under the system's temporary one and is left to the system.
    }
}
