package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** Commands that are in the log are appended to it once more. */
public final class DuplicateCommands implements Scenario {

    private static final int COPIES = 200;

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        Log.appendAgain(fleet.brokers(), "probe", COPIES, chance);
    }
}
