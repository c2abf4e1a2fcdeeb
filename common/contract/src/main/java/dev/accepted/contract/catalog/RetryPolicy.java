package dev.accepted.contract.catalog;

import java.time.Duration;

/**
 * When a failed attempt is followed by another: exponential back-off between two bounds.
 *
 * @param maxAttempts failures after which the job is {@code failed}; 1 means never again
 * @param initialDelay delay after the first failure
 * @param multiplier growth of the delay from one failure to the next, at least 1
 * @param maxDelay upper bound of the delay
 */
public record RetryPolicy(int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay) {

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
        }
        if (multiplier < 1) {
            throw new IllegalArgumentException("multiplier must be at least 1, not " + multiplier);
        }
    }

    public boolean allowsAfter(int failures) {
        return failures < maxAttempts;
    }

    /** The delay after so many failures (1: the first), before any jitter. */
    public Duration delayAfter(int failures) {
        double millis = initialDelay.toMillis() * Math.pow(multiplier, failures - 1.0);
        return millis >= maxDelay.toMillis() ? maxDelay : Duration.ofMillis(Math.round(millis));
    }
}
