package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** Every worker and every gateway is stopped in order and replaced, one after the other. */
public final class RollingRestart implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        for (String worker : fleet.workers()) {
            fleet.stop(worker);
            fleet.start(worker);
        }
        for (String gateway : fleet.gateways()) {
            fleet.stop(gateway);
            fleet.start(gateway);
        }
    }
}
