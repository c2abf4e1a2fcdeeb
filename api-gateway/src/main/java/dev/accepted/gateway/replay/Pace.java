package dev.accepted.gateway.replay;

import org.jspecify.annotations.Nullable;

/** How many jobs may be sent now, so that it is a rate over time. For one thread at a time. */
final class Pace {

    private static final double NANOS = 1e9;

    private long last;
    private double saved;

    /** @param now in nanoseconds, of a clock that only ever goes on */
    Pace(long now) {
        this.last = now;
    }

    /**
     * How many may be sent now. What was not used is saved for one second.
     *
     * @param rate a second; null for no limit
     */
    int room(@Nullable Double rate, long now, int most) {
        if (rate == null) {
            return most;
        }
        double passed = (now - last) / NANOS;
        last = now;
        saved = Math.min(Math.max(1, rate), saved + passed * rate);
        return (int) Math.min(most, saved);
    }

    /** So many were sent. */
    void sent(int count) {
        saved = Math.max(0, saved - count);
    }
}
