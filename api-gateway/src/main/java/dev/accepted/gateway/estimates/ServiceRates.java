package dev.accepted.gateway.estimates;

import dev.accepted.contract.job.Status;
import dev.accepted.gateway.projection.Pulse;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How long jobs of each type run, measured. Safe for use by many threads. */
@Singleton
public class ServiceRates {

    /** What a new measurement weighs once there are many: the last twenty or so make the mean. */
    private static final double WEIGHT = 0.1;

    private final ConcurrentMap<String, Mean> means = new ConcurrentHashMap<>();

    void listen(@Observes StartupEvent started, Pulse pulse) {
        pulse.onChange(state -> {
            Instant began = state.work().startedAt();
            if (state.status() == Status.SUCCEEDED && began != null) {
                state.finishedAt().ifPresent(ended -> finished(state.type(), Duration.between(began, ended)));
            }
        });
    }

    /** Takes note of a run that ended. */
    public void finished(String type, Duration ran) {
        double millis = Math.max(0, ran.toNanos() / 1e6);
        means.merge(type, new Mean(millis, 1), (before, first) -> before.with(millis));
    }

    /** The mean of the type's recent runs; empty before the first. */
    public Optional<Duration> mean(String type) {
        return Optional.ofNullable(means.get(type)).map(mean -> Duration.ofNanos((long) (mean.millis * 1e6)));
    }

    private record Mean(double millis, int runs) {

        Mean with(double next) {
            double weight = Math.max(WEIGHT, 1.0 / (runs + 1));
            return new Mean(millis + weight * (next - millis), Math.min(runs + 1, 1_000));
        }
    }
}
