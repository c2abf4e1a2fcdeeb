package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** A gateway dies with requests in its hands, and comes back. */
public final class KillGateway implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        String gateway = Fleet.any(fleet.gateways(), chance);
        fleet.kill(gateway);
        fleet.start(gateway);
    }
}
