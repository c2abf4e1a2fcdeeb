package dev.accepted.e2e.scenario;

import java.util.random.RandomGenerator;

/** One of three brokers dies, and comes back with its directory. */
public final class KillBroker implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        String broker = Fleet.any(fleet.running("kafka-"), chance);
        fleet.kill(broker);
        fleet.start(broker);
        // Another one may be next: two of three must have every record again before.
        Log.awaitAllReplicas(fleet.brokers());
    }
}
