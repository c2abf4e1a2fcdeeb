package dev.accepted.gateway.security;

import dev.accepted.gateway.system.GatewayConfig;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKey;

/** Refuses to start where anybody could do anything. */
@ApplicationScoped
class DeploymentGuard {

    private static final int FIRST = 1;

    private final GatewayConfig config;
    private final String host;

    DeploymentGuard(GatewayConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.host = host;
    }

    /** The router is handed round before the server listens, so that nobody gets in first. */
    void start(@Observes @Priority(FIRST) Router router, IssuerKeys keys) {
        check(keys);
    }

    void check(IssuerKeys keys) {
        if (config.mode() == GatewayConfig.Mode.LOCAL) {
            if (!isLoopback()) {
                throw new IllegalStateException("accepted.mode=local lets anonymous clients in and so serves loopback"
                        + " only, but quarkus.http.host is " + host + ": set it to 127.0.0.1, or set"
                        + " accepted.mode=production and accepted.jwt.public-key-location");
            }
        } else if (config.jwt().publicKeyLocation().isEmpty()) {
            throw new IllegalStateException("accepted.mode=production needs accepted.jwt.public-key-location, the PEM"
                    + " file or JWKS address of the issuer's keys: without it no token can be verified");
        } else {
            checkSecrets(keys);
        }
    }

    /** Production has secrets of its own. */
    private void checkSecrets(IssuerKeys keys) {
        List<JsonWebKey> read = keys.all();
        if (read != null && read.isEmpty()) {
            throw new IllegalStateException("accepted.mode=production needs the issuer's keys, and there is none in "
                    + config.jwt().publicKeyLocation().orElse("") + ": no token could be verified");
        }
        for (String key : config.idKey()) {
            IdKeyRules.faultOf(key).ifPresent(fault -> {
                throw new IllegalStateException(
                        "accepted.mode=production needs an accepted.id-key of its own, and one of"
                                + " those given " + fault
                                + ": whoever knows it can make ids of any tenant. Make one with"
                                + " openssl rand -base64 32");
            });
        }
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
