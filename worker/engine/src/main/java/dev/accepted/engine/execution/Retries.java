package dev.accepted.engine.execution;

import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.engine.process.EngineConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Decides whether a failed attempt is followed by another, and when. */
@Singleton
class Retries {

    private static final Logger LOG = Logger.getLogger(Retries.class);

    private final OutageWatch outages;
    private final RandomGenerator chance;
    private final Clock clock;

    @Inject
    Retries(RandomGenerator chance, Clock clock, EngineConfig config) {
        this(chance, clock, new OutageWatch(clock, settings(config.worker().outage())));
    }

    Retries(RandomGenerator chance, Clock clock, OutageWatch outages) {
        this.outages = outages;
        this.chance = chance;
        this.clock = clock;
    }

    private static OutageWatch.Settings settings(EngineConfig.Outage outage) {
        return new OutageWatch.Settings(outage.jobs(), outage.window(), outage.delay());
    }

    /**
     * The delay after which another attempt follows the one that has just failed; empty if none does, because there were
     * enough, or because it could not begin before the job's deadline.
     *
     * @param least what the failure asks the delay to be at least
     */
    Optional<Duration> after(Assignment failed, RetryPolicy policy, Duration least) {
        String type = failed.command().type();
        OutageWatch.Reading reading = outages.failed(type, failed.held().job());
        if (reading.began()) {
            LOG.errorf(
                    "Job after job of type %s fails: retries wait %s at least, and longer the longer it lasts, until"
                            + " one succeeds",
                    type, reading.floor());
        }
        int failures = failed.failures() + 1;
        if (!policy.allowsAfter(failures)) {
            return Optional.empty();
        }
        Duration floor = reading.floor().compareTo(least) >= 0 ? reading.floor() : least;
        Duration delay = policy.delayAfter(failures, floor, chance.nextDouble());
        Instant deadline = failed.command().facts().deadline();
        return deadline == null || clock.instant().plus(delay).isBefore(deadline)
                ? Optional.of(delay)
                : Optional.empty();
    }

    /** Hears of a success. */
    void succeeded(Assignment done) {
        String type = done.command().type();
        outages.succeeded(type)
                .ifPresent(lasted ->
                        LOG.infof("Jobs of type %s succeed again after %s; retries wait as usual", type, lasted));
    }
}
