package dev.accepted.gateway.timers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How late things were, in milliseconds. */
final class Lags {

    private final List<Long> millis = new ArrayList<>();

    void add(Instant due, Instant at) {
        millis.add(Duration.between(due, at).toMillis());
        millis.sort(null);
    }

    long least() {
        return millis.get(0);
    }

    /** 0 if nothing was measured. */
    long percentile(int percent) {
        return millis.isEmpty() ? 0 : millis.get((millis.size() - 1) * percent / 100);
    }

    @Override
    public String toString() {
        return millis.size() + " lags in ms, p50 " + percentile(50) + ", p99 " + percentile(99) + ", max "
                + percentile(100);
    }
}
