package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;

/** A promise, and how to tell from what was seen whether it was kept. */
public interface Guarantee {

    /** In one sentence. */
    String promise();

    void judge(History history, Findings findings);

    /** Whether the system has what the promise is about. */
    default boolean applies(History history) {
        return true;
    }

    default String name() {
        return getClass().getSimpleName();
    }

    /** Judges. */
    default Findings of(History history) {
        Findings findings = new Findings();
        judge(history, findings);
        return findings;
    }
}
