package dev.accepted.gateway.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the catalog was read to where it ended at start; {@code types} names what is served. */
@Readiness
@ApplicationScoped
class CatalogReadiness implements HealthCheck {

    private final CatalogFollower catalog;

    CatalogReadiness(CatalogFollower catalog) {
        this.catalog = catalog;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("catalog")
                .status(catalog.isRead())
                .withData("types", String.join(",", catalog.known().names()))
                .build();
    }
}
