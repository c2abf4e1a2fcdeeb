package dev.accepted.engine.execution;

import dev.accepted.contract.job.Limit;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.engine.types.Binding;
import dev.accepted.engine.types.HandlerRegistry;
import dev.accepted.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Runs attempts: begin → perform → judge → report.
 *
 * <p>The attempt ends once. Whoever ends it, be it its handler, its time limit or the worker that hands it back, reports
 * it; what the other then does is not counted.
 */
@Singleton
public class JobExecutor {

    private static final Logger LOG = Logger.getLogger(JobExecutor.class);

    private final HandlerRegistry handlers;
    private final HandlerThreads threads;
    private final RunningJobs running;
    private final Reporter reporter;
    private final ObjectStore objects;
    private final Clock clock;
    private final String worker;
    private final Duration linger;
    private final Duration ttl;

    JobExecutor(
            HandlerRegistry handlers,
            HandlerThreads threads,
            RunningJobs running,
            Reporter reporter,
            ObjectStore objects,
            Clock clock,
            EngineConfig config) {
        this.handlers = handlers;
        this.threads = threads;
        this.running = running;
        this.reporter = reporter;
        this.objects = objects;
        this.clock = clock;
        this.worker = config.worker().name();
        this.linger = config.worker().linger();
        this.ttl = config.worker().leaseTtl();
    }

    /** Takes on an attempt that was claimed; returns at once. */
    public void start(Assignment assignment) {
        Optional<Binding> binding = handlers.of(assignment.command().type());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        TimeLimit limit = new TimeLimit(
                binding.map(b -> b.descriptor().timeout()).orElse(Duration.ZERO),
                assignment.command().facts().deadline());
        RunningJob job = new RunningJob(
                assignment,
                limit,
                worker,
                now,
                System.nanoTime(),
                objects,
                happening -> reporter.tell(assignment, happening).await().indefinitely());
        running.add(job);
        if (binding.isPresent() && assignment.heldBy() == null && !limit.isLate(now)) {
            running.entered(job);
            threads.execute(() -> run(job, binding.get()));
        } else if (job.end()) {
            endUnrun(job);
        }
    }

    private void endUnrun(RunningJob job) {
        Limit heldBy = job.assignment().heldBy();
        if (job.limit().isLate(job.startedAt())) {
            reporter.report(
                    job,
                    new Outcome.TooLate(job.limit().deadline(), job.assignment().begunBefore()));
        } else if (heldBy != null) {
            reporter.report(job, new Outcome.HeldBack(heldBy));
        } else {
            reporter.bury(job);
        }
    }

    /** Hands an attempt back, so that another worker goes on with the next; returns at once. */
    public void handBack(RunningJob job, String reason) {
        // Ended first: the interrupt must not let the handler report its own end as a failure.
        if (job.end()) {
            job.stop(RunningJob.Stop.HANDED_BACK);
            reporter.report(job, new Outcome.HandedBack(reason));
        }
    }

    /** Lets an attempt go that is no longer ours; nothing is reported, for nothing would count. */
    public void abandon(RunningJob job) {
        if (job.end()) {
            job.stop(RunningJob.Stop.LEASE_LOST);
            LOG.warnf(
                    "%s attempt %d: its lease went to somebody else; what it did is not counted",
                    job.id(), job.attempt());
            running.remove(job);
        }
    }

    /** Lets an attempt go whose lease has not been renewed for as long as it lives: nobody knows whose it is by now. */
    public void letGoIfPastItsTime(RunningJob job) {
        if (job.sinceRenewal(System.nanoTime()).compareTo(ttl) > 0) {
            abandon(job);
        }
    }

    /** Ends an attempt whose handler outlived its time and does not hear that it is to stop. */
    void giveUp(RunningJob job) {
        if (job.end()) {
            LOG.errorf(
                    "%s attempt %d did not stop when its time was over; its slot is free again once its thread ends",
                    job.id(), job.attempt());
            reporter.report(job, judged(job, Outcome.Broken.timedOut(job.limit().timeout())));
        }
    }

    /** Tells of attempts that have begun or got further since the last call. */
    public void showProgress(long nowNanos) {
        for (RunningJob job : running.all()) {
            if (!job.ended() && job.age(nowNanos).compareTo(linger) >= 0) {
                job.news().ifPresent(news -> reporter.show(job, news));
            }
        }
    }

    private void run(RunningJob job, Binding binding) {
        job.runsOn(Thread.currentThread());
        Outcome outcome;
        try {
            HandlerCall call = new HandlerCall(binding, job, objects);
            Object input = call.input();
            letGoIfPastItsTime(job);
            if (job.ended()) {
                // Abandoned or handed back while it waited for this thread: somebody else may be at it by now.
                throw new InterruptedException("ended before it began");
            }
            outcome = call.perform(input);
        } catch (Throwable thrown) {
            outcome = Outcome.of(thrown);
            if (outcome instanceof Outcome.Broken && job.stopped() == null) {
                LOG.warnf(thrown, "%s attempt %d failed", job.id(), job.attempt());
            }
        } finally {
            job.leavesThread();
            running.left(job);
        }
        boolean interrupted = Thread.interrupted();
        if (job.end()) {
            reporter.report(job, judged(job, outcome));
        } else if (interrupted) {
            LOG.debugf("%s attempt %d stopped after it had ended", job.id(), job.attempt());
        }
    }

    /** What counts when the attempt was told to stop: why it was, unless it was cancelled and yet came to its end. */
    private static Outcome judged(RunningJob job, Outcome outcome) {
        RunningJob.Stop why = job.stopped();
        if (why == RunningJob.Stop.CANCELLED) {
            return outcome instanceof Outcome.Done ? outcome : new Outcome.Stopped();
        }
        if (why == RunningJob.Stop.TIMED_OUT) {
            return Outcome.Broken.timedOut(job.limit().timeout());
        }
        return why == RunningJob.Stop.DEADLINE ? new Outcome.Overran(job.limit().deadline()) : outcome;
    }
}
