package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** Something goes wrong, and is over when {@link #play} returns. */
public interface Scenario {

    /**
     * Breaks something and sees it mended.
     *
     * @param chance decides whom it hits
     */
    void play(Fleet fleet, RandomGenerator chance) throws Exception;

    default String name() {
        return getClass().getSimpleName();
    }
}
