package dev.accepted.contract.catalog;

import java.time.Duration;

/**
 * When a failed attempt is followed by another: exponential back-off with jitter between two bounds.
 *
 * <p>After the n-th failure the back-off is {@code min(maxDelay, initialDelay × multiplier^(n-1))}; the delay is drawn
 * uniformly from 50 to 100 % of it, so that jobs that failed together do not come back together.
 *
 * @param maxAttempts failures after which the job is {@code failed}; 1 means never again
 * @param initialDelay back-off after the first failure
 * @param multiplier growth of the back-off from one failure to the next, at least 1
 * @param maxDelay upper bound of every delay
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

    /** The back-off after so many failures (1: the first), before any jitter. */
    public Duration backOffAfter(int failures) {
        double millis = initialDelay.toMillis() * Math.pow(multiplier, failures - 1.0);
        return millis >= maxDelay.toMillis() ? maxDelay : Duration.ofMillis(Math.round(millis));
    }

    /**
     * The delay after so many failures (1: the first).
     *
     * @param floor what the delay is at least, as far as {@link #maxDelay} allows; zero for the policy's own
     * @param draw chance, uniform from 0 (inclusive) to 1 (exclusive)
     */
    public Duration delayAfter(int failures, Duration floor, double draw) {
        Duration backOff = backOffAfter(failures);
        // The jitter takes up to half away: of twice the floor no less than the floor is left.
        Duration raised = floor.multipliedBy(2);
        Duration longer = backOff.compareTo(raised) >= 0 ? backOff : raised;
        Duration bounded = longer.compareTo(maxDelay) <= 0 ? longer : maxDelay;
        return Duration.ofMillis(Math.round(bounded.toMillis() * (0.5 + draw / 2)));
    }
}
