package dev.accepted.e2e.scenario;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The database does not answer for a while. */
public final class PostgresAway implements Scenario {

    private final Duration length;

    public PostgresAway(Duration length) {
        this.length = length;
    }

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        fleet.freeze(List.of("postgres"), length);
    }
}
