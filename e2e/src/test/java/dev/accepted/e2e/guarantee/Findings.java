package dev.accepted.e2e.guarantee;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a guarantee found: how often it looked, and everything that broke the promise. For one thread. */
public final class Findings {

    private final List<String> breaches = new ArrayList<>();
    private int cases;

    /** Looks at one case. */
    void expect(boolean kept, Supplier<String> otherwise) {
        cases++;
        if (!kept) {
            breaches.add(otherwise.get());
        }
    }

    /** How often the promise was at stake. */
    public int cases() {
        return cases;
    }

    /** What broke it. */
    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    public boolean kept() {
        return breaches.isEmpty();
    }
}
