package dev.accepted.e2e.scenario;

import java.util.List;
import java.util.random.RandomGenerator;

/** Down to one worker, up to four, down to one and up to as many as there were, all under load. */
public final class ScaleWorkers implements Scenario {

    private static final int MANY = 4;

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        int before = fleet.workers().size();
        to(1, fleet);
        to(MANY, fleet);
        to(1, fleet);
        to(before, fleet);
    }

    private static void to(int wanted, Fleet fleet) throws Exception {
        List<String> workers = fleet.workers();
        for (String surplus : workers.subList(Math.min(wanted, workers.size()), workers.size())) {
            fleet.stop(surplus);
        }
        for (int missing = wanted - workers.size(); missing > 0; missing--) {
            fleet.addWorker();
        }
    }
}
