package dev.accepted.e2e.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How often what came of submissions. Safe for many threads. */
public final class Tally {

    private final ConcurrentMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    void count(String what) {
        counts.computeIfAbsent(what, new_ -> new AtomicInteger()).incrementAndGet();
    }

    /** By what it was. */
    public Map<String, Integer> counts() {
        Map<String, Integer> sorted = new TreeMap<>();
        counts.forEach((what, count) -> sorted.put(what, count.get()));
        return sorted;
    }
}
