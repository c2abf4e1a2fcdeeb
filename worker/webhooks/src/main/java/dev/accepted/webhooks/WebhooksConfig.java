package dev.accepted.webhooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How messages are signed, and where they may go: the same values as the gateways'. */
@ConfigMapping(prefix = "accepted.webhooks")
interface WebhooksConfig {

    /** Keys that tenants' secrets follow from, in Base64: the first is the current one, all sign. */
    List<String> key();

    /** Ranges of addresses that may be called although they are not public, and without TLS. */
    Optional<List<String>> trustedNetworks();

    /** Ports that may be called, and ranges of them. */
    @WithDefault("443,1024-65535")
    List<String> ports();

    /** How long one attempt may take, from resolving the host to the head of the answer; less than a minute. */
    @WithDefault("PT15S")
    Duration timeout();

    /** PEM file of the authorities whose certificates are accepted; absent: those that the JVM knows. */
    Optional<String> authorities();
}
