package dev.accepted.gateway.estimates;

import java.util.OptionalDouble;

/** A count that only grows, and how fast it did of late. */
final class Counted {

    /** Samples half a second apart, a little more than the window. */
    private final Trail trail = new Trail(150, 400_000);

    private long firstMicros = -1;
    private long lastMicros;
    private long last;

    void sampled(long total, long atMicros) {
        if (firstMicros < 0) {
            firstMicros = atMicros;
        }
        // What is sampled by several requests may be seen a little out of order.
        last = Math.max(last, total);
        lastMicros = atMicros;
        trail.add(last, atMicros);
    }

    /** In a second; empty as long as there is too little to tell. */
    OptionalDouble rate() {
        long from = Math.max(firstMicros, lastMicros - QueueFlow.WINDOW.toNanos() / 1_000);
        long length = lastMicros - from;
        if (firstMicros < 0 || length < QueueFlow.LEAST.toNanos() / 1_000 || !trail.covers(from)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((last - trail.between(from)) * 1e6 / length);
    }
}
