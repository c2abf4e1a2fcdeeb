package dev.accepted.gateway.estimates;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** How long a client should wait before it asks again: until what it waits for is expected, never all at once. */
@Singleton
public class RetryAfter {

    private static final double SPREAD = 0.2;
    private static final double LONGEST_SECONDS = 60 / (1 + SPREAD);

    private final Clock clock;
    private final RandomGenerator random;

    RetryAfter(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Seconds from 1 to 60. */
    public long secondsUntil(Instant expected) {
        double seconds = Duration.between(clock.instant(), expected).toMillis() / 1000.0;
        double bounded = Math.min(LONGEST_SECONDS, Math.max(1, seconds));
        double jittered = bounded * (1 + SPREAD * (2 * random.nextDouble() - 1));
        return Math.max(1, Math.round(jittered));
    }
}
