package dev.accepted.engine.execution;

import dev.accepted.contract.job.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The latest progress of an attempt: what comes faster than it is sent is merged. Safe for use by many threads. */
final class ProgressNote {

    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable Progress progress;
    private boolean fresh;

    /** What is new since it was last taken; counts are whole, not differences. */
    record News(@Nullable Progress progress, Map<String, Long> counts) {
        static final News NONE = new News(null, Map.of());
    }

    synchronized void progress(double percent, String message) {
        progress = new Progress(Math.max(0, Math.min(100, percent)), message);
        fresh = true;
    }

    synchronized void count(String name, long value) {
        counts.put(name, value);
        fresh = true;
    }

    synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    synchronized Optional<News> take() {
        if (!fresh) {
            return Optional.empty();
        }
        fresh = false;
        return Optional.of(new News(progress, Map.copyOf(counts)));
    }
}
