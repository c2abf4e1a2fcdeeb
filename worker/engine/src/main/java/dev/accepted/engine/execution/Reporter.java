package dev.accepted.engine.execution;

import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.job.Happening;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.engine.report.DeadLetters;
import dev.accepted.engine.report.EventLog;
import dev.accepted.engine.types.HandlerRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tells the log what becomes of an attempt; what must not be missed is told until the log has it. */
@Singleton
class Reporter {

    private static final Logger LOG = Logger.getLogger(Reporter.class);
    private static final RetryPolicy NEVER_AGAIN = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventLog log;
    private final DeadLetters dead;
    private final RunningJobs running;
    private final HandlerRegistry handlers;
    private final Retries retries;
    private final String worker;

    Reporter(
            EventLog log,
            DeadLetters dead,
            RunningJobs running,
            HandlerRegistry handlers,
            Retries retries,
            EngineConfig config) {
        this.log = log;
        this.dead = dead;
        this.running = running;
        this.handlers = handlers;
        this.retries = retries;
        this.worker = config.worker().name();
    }

    /** Shows how far an attempt is, once: what fails here is overtaken by what comes next. */
    void show(RunningJob job, Happening news) {
        log.append(job.assignment().command(), job.assignment().at(), news)
                .subscribe()
                .with(ok -> {}, e -> LOG.debugf(e, "%s: its progress is not shown; the next one will be", job.id()));
    }

    /** Appends an event until the log has it, or until the attempt is no longer held. */
    Uni<Void> tell(Assignment assignment, Happening happening) {
        return until(assignment, () -> log.append(assignment.command(), assignment.at(), happening));
    }

    /** Tells how an attempt ended, after which it is held no longer. */
    void report(RunningJob job, Outcome outcome) {
        Assignment assignment = job.assignment();
        if (outcome instanceof Outcome.Done) {
            retries.succeeded(assignment);
        }
        RetryPolicy policy = handlers.of(job.type())
                .map(binding -> binding.descriptor().retry())
                .orElse(NEVER_AGAIN);
        Outcome.Run run = new Outcome.Run(
                worker, job.startedAt(), job.note().counts(), least -> retries.after(assignment, policy, least));
        tell(assignment, outcome.tell(run)).subscribe().with(ok -> running.remove(job), e -> untold(job, e));
    }

    /**
     * Ends an attempt of a type that nobody here can run. Its command is kept whole, for who deploys a worker that can.
     */
    void bury(RunningJob job) {
        String why =
                "No worker of queue " + job.assignment().command().queue() + " knows the job type " + job.type() + ".";
        until(job.assignment(), () -> dead.bury(job.assignment().record(), why))
                .subscribe()
                .with(ok -> report(job, new Outcome.Broken(why, false, Duration.ZERO)), e -> untold(job, e));
    }

    private Uni<Void> until(Assignment assignment, Supplier<Uni<Void>> heard) {
        return Uni.createFrom()
                .deferred(heard::get)
                .onFailure(e -> isHeld(assignment) && !(e instanceof CancellationException))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private boolean isHeld(Assignment assignment) {
        RunningJob job = running.of(assignment.held());
        return job != null && !job.lost();
    }

    private void untold(RunningJob job, Throwable why) {
        LOG.warnf("%s attempt %d: its end was not told: %s", job.id(), job.attempt(), why.getMessage());
        running.remove(job);
    }
}
