package dev.accepted.e2e.scenario;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** No broker answers for a while. */
public final class KafkaAway implements Scenario {

    private final Duration length;

    public KafkaAway(Duration length) {
        this.length = length;
    }

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        fleet.freeze(fleet.running("kafka-"), length);
        Log.awaitAllReplicas(fleet.brokers());
    }
}
