package dev.accepted.e2e.scenario;

import java.util.List;
import java.util.random.RandomGenerator;

/** An operator sets the queue back to its start: every command that ever was is delivered again. */
public final class ResetOffsets implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        List<String> workers = fleet.workers();
        // Kafka wants the group empty for it.
        for (String worker : workers) {
            fleet.stop(worker);
        }
        Log.resetQueue(fleet.brokers(), "probe");
        for (String worker : workers) {
            fleet.start(worker);
        }
    }
}
