package dev.accepted.engine.process;

import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.types.HandlerRegistry;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: the types are announced, and commands are taken. */
@Readiness
@Singleton
class CatalogCheck implements HealthCheck {

    private final WorkerProcess process;
    private final HandlerRegistry handlers;
    private final RunningJobs running;

    CatalogCheck(WorkerProcess process, HandlerRegistry handlers, RunningJobs running) {
        this.process = process;
        this.handlers = handlers;
        this.running = running;
    }

    @Override
    public HealthCheckResponse call() {
        String types = handlers.all().stream()
                .map(binding -> binding.descriptor().type())
                .collect(Collectors.joining(","));
        return HealthCheckResponse.named("catalog")
                .status(process.ready())
                .withData("types", types)
                .withData("leaked_slots", running.leaked())
                .build();
    }
}
