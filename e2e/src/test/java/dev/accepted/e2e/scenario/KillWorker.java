package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** A worker dies in the midst of its jobs; another one comes. */
public final class KillWorker implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        fleet.kill(Fleet.any(fleet.workers(), chance));
        fleet.addWorker();
    }
}
