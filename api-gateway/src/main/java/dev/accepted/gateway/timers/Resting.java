package dev.accepted.gateway.timers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Parts of the log that could not be reached a moment ago, and are not tried again yet. For one thread. */
final class Resting {

    private final Map<String, Long> until = new HashMap<>();
    private final Duration rest;

    Resting(Duration rest) {
        this.rest = rest;
    }

    void begin(String what) {
        until.put(what, System.nanoTime() + rest.toNanos());
    }

    boolean covers(String what) {
        Long end = until.get(what);
        if (end != null && end - System.nanoTime() <= 0) {
            until.remove(what);
            return false;
        }
        return end != null;
    }
}
