package dev.accepted.e2e.scenario;

import dev.accepted.e2e.history.Hurt;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The database is killed or stopped, and comes back. */
public final class RestartPostgres implements Scenario {

    @Override
    public void play(Fleet fleet, RandomGenerator chance) throws Exception {
        Instant from = Instant.now();
        Hurt.How how = chance.nextBoolean() ? Hurt.How.KILLED : Hurt.How.STOPPED;
        if (how == Hurt.How.KILLED) {
            fleet.kill("postgres");
        } else {
            fleet.stop("postgres");
        }
        fleet.start("postgres");
        // For whoever wants to renew a lease it was away until now.
        fleet.history().saw(new Hurt("postgres", how, from, Instant.now()));
    }
}
