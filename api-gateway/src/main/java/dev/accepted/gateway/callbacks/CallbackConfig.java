package dev.accepted.gateway.callbacks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** How webhooks are signed, and where they may go: the same values as those of the workers that deliver them. */
@ConfigMapping(prefix = "accepted.webhooks")
public interface CallbackConfig {

    /** Keys that tenants' secrets follow from, in Base64: the first is the current one, all sign. Absent: no webhooks. */
    Optional<List<String>> key();

    /** Ranges of addresses that may be called although they are not public, and without TLS. */
    Optional<List<String>> trustedNetworks();

    /** Ports that may be called, and ranges of them. */
    @WithDefault("443,1024-65535")
    List<String> ports();
}
