package dev.accepted.gateway.quota;

import java.time.Duration;

/**
 * A token bucket: full at first, it fills up evenly within its window. Safe for use by many threads.
 *
 * <p>Times are nanoseconds of one monotonic clock.
 */
final class Bucket {

    private final long capacity;
    private final double perNano;
    private double tokens;
    private long filledAt;

    Bucket(long capacity, Duration window, long now) {
        this.capacity = capacity;
        this.perNano = (double) capacity / window.toNanos();
        this.tokens = capacity;
        this.filledAt = now;
    }

    /** Takes an amount if it is there. One that is larger than the bucket is taken from a full one, which then owes. */
    synchronized boolean take(long amount, long now) {
        fill(now);
        if (tokens < Math.min(amount, capacity)) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    /** What is there, in whole tokens. */
    synchronized long left(long now) {
        fill(now);
        return Math.max(0, (long) tokens);
    }

    /** How long until that amount is there. */
    synchronized Duration until(long amount, long now) {
        fill(now);
        double missing = (double) Math.min(amount, capacity) - tokens;
        return missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / perNano));
    }

    /** How long until it is full. */
    Duration untilFull(long now) {
        return until(capacity, now);
    }

    private void fill(long now) {
        if (now > filledAt) {
            tokens = Math.min((double) capacity, tokens + (now - filledAt) * perNano);
            filledAt = now;
        }
    }
}
