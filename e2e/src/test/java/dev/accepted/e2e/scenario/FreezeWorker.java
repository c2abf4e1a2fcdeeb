package dev.accepted.e2e.scenario;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** A worker stands still for longer than its leases live, and then goes on as if nothing had been. */
public final class FreezeWorker implements Scenario {

    private static final Duration PAST_THE_LEASE = Duration.ofSeconds(14);

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        fleet.freeze(List.of(Fleet.any(fleet.workers(), chance)), PAST_THE_LEASE);
    }
}
