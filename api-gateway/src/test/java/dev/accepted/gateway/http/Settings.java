package dev.accepted.gateway.http;

import dev.accepted.gateway.system.GatewayConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The gateway's settings without a gateway. */
public final class Settings {

    private Settings() {}

    /** The defaults with the ones given; ids and objects get what they need. */
    public static GatewayConfig of(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(
                Map.of("accepted.id-key", "MDEyMzQ1Njc4OWFiY2RlZg==", "accepted.objects.directory", "objects"));
        settings.putAll(given);
        return new SmallRyeConfigBuilder()
                .withMapping(GatewayConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(GatewayConfig.class);
    }
}
