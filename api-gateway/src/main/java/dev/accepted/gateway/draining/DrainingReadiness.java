package dev.accepted.gateway.draining;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down as soon as the gateway is told to stop, before anybody is refused. */
@Readiness
@ApplicationScoped
class DrainingReadiness implements HealthCheck {

    private final Draining draining;

    DrainingReadiness(Draining draining) {
        this.draining = draining;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("draining")
                .status(!draining.isAnnounced())
                .build();
    }
}
