package dev.accepted.webhooks;

import dev.accepted.contract.callback.SigningKeys;
import dev.accepted.contract.callback.TargetRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;

/** Makes what the handler is handed. */
@ApplicationScoped
class Platform {

    @Produces
    @Singleton
    SigningKeys keys(WebhooksConfig config) {
        return new SigningKeys(config.key());
    }

    @Produces
    @Singleton
    TargetRules rules(WebhooksConfig config) {
        return new TargetRules(config.trustedNetworks().orElse(List.of()), config.ports());
    }

    @Produces
    @Singleton
    Resolver resolver() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
