package dev.accepted.engine.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobResult;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.process.EngineConfig;
import dev.accepted.engine.report.EventLog;
import dev.accepted.engine.types.Binding;
import dev.accepted.engine.types.HandlerRegistry;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs attempts: begin → read the input → perform → report.
 *
 * <p>The attempt ends once. Whoever ends it, be it its handler or the worker that hands it back, reports it; what the
 * other then does is not counted.
 */
@Singleton
public class JobExecutor {

    private static final Logger LOG = Logger.getLogger(JobExecutor.class);
    private static final RetryPolicy NEVER_AGAIN = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final HandlerRegistry handlers;
    private final HandlerThreads threads;
    private final RunningJobs running;
    private final EventLog log;
    private final ObjectStore objects;
    private final Clock clock;
    private final String worker;
    private final Duration linger;

    JobExecutor(
            HandlerRegistry handlers,
            HandlerThreads threads,
            RunningJobs running,
            EventLog log,
            ObjectStore objects,
            Clock clock,
            EngineConfig config) {
        this.handlers = handlers;
        this.threads = threads;
        this.running = running;
        this.log = log;
        this.objects = objects;
        this.clock = clock;
        this.worker = config.worker().name();
        this.linger = config.worker().linger();
    }

    /** Takes on an attempt that was claimed; returns at once. */
    public void start(Assignment assignment) {
        RunningJob job = new RunningJob(
                assignment,
                worker,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                System.nanoTime(),
                objects,
                happening -> tellUntilHeard(assignment, happening).await().indefinitely());
        running.add(job);
        threads.execute(() -> run(job));
    }

    /** Hands an attempt back, so that another worker goes on with the next; returns at once. */
    public void handBack(RunningJob job, String reason) {
        job.stop(RunningJob.Stop.HANDED_BACK);
        if (job.end()) {
            report(job, new Outcome.HandedBack(reason));
        }
    }

    /** Lets an attempt go that is no longer ours; nothing is reported, for nothing would count. */
    public void abandon(RunningJob job) {
        job.stop(RunningJob.Stop.LEASE_LOST);
        if (job.end()) {
            LOG.warnf(
                    "%s attempt %d: its lease went to somebody else; what it did is not counted",
                    job.id(), job.attempt());
            running.remove(job);
        }
    }

    /** Tells of attempts that have begun or got further since the last call. */
    public void showProgress(long nowNanos) {
        for (RunningJob job : running.all()) {
            if (!job.ended() && job.age(nowNanos).compareTo(linger) >= 0) {
                job.news().ifPresent(news -> show(job, news));
            }
        }
    }

    private void show(RunningJob job, Happening news) {
        log.append(job.assignment().command(), job.assignment().at(), news)
                .subscribe()
                .with(ok -> {}, e -> LOG.debugf(e, "%s: its progress is not shown; the next one will be", job.id()));
    }

    private void run(RunningJob job) {
        job.runsOn(Thread.currentThread());
        Outcome outcome;
        try {
            outcome = perform(job);
        } catch (Throwable thrown) {
            outcome = judged(job, thrown);
        } finally {
            job.leavesThread();
        }
        boolean interrupted = Thread.interrupted();
        if (job.end()) {
            report(job, outcome);
        } else if (interrupted) {
            LOG.debugf("%s attempt %d stopped after it had ended", job.id(), job.attempt());
        }
    }

    private Outcome perform(RunningJob job) throws Exception {
        Binding binding = handlers.of(job.type())
                .orElseThrow(() -> new PermanentFailure("No handler for job type " + job.type() + " in worker " + worker
                        + "; deploy a worker that has it and submit again."));
        @Nullable Object result = binding.handler().run(input(job, binding), job);
        return new Outcome.Done(stored(job, result));
    }

    private Object input(RunningJob job, Binding binding) throws IOException {
        byte[] bytes = bytes(job);
        if (binding.takesBytes()) {
            return bytes;
        }
        try {
            return Wire.JSON.readValue(bytes, binding.inputType());
        } catch (JsonProcessingException e) {
            throw new InputRejected(
                    "", "The input does not read as the type's handler wants it: " + e.getOriginalMessage());
        }
    }

    private byte[] bytes(RunningJob job) throws IOException {
        DataRef claimCheck = job.assignment().command().dataRef();
        if (claimCheck == null) {
            return job.assignment().input();
        }
        try (InputStream in = objects.open(job.tenant(), claimCheck.digest())) {
            return in.readAllBytes();
        }
    }

    private @Nullable JobResult stored(RunningJob job, @Nullable Object result) throws IOException {
        if (result == null) {
            return null;
        }
        if (result instanceof Attachment attachment) {
            return new JobResult(
                    attachment.digest(), attachment.contentType(), attachment.sizeBytes(), attachment.name());
        }
        StoredObject object = objects.put(
                job.tenant(),
                job.type() + ".json",
                "application/json",
                new ByteArrayInputStream(Wire.JSON.writeValueAsBytes(result)));
        return new JobResult(object.digest(), object.contentType(), object.sizeBytes(), object.name());
    }

    private static Outcome judged(RunningJob job, Throwable thrown) {
        if (job.stopped() == RunningJob.Stop.CANCELLED) {
            return new Outcome.Stopped();
        }
        Outcome outcome = Outcome.of(thrown);
        if (outcome instanceof Outcome.Broken && job.stopped() == null) {
            LOG.warnf(thrown, "%s attempt %d failed", job.id(), job.attempt());
        }
        return outcome;
    }

    private void report(RunningJob job, Outcome outcome) {
        Assignment assignment = job.assignment();
        Outcome.Run run = new Outcome.Run(
                worker,
                job.startedAt(),
                job.note().counts(),
                assignment.failures(),
                handlers.of(job.type())
                        .map(binding -> binding.descriptor().retry())
                        .orElse(NEVER_AGAIN));
        tellUntilHeard(assignment, outcome.tell(run)).subscribe().with(ok -> running.remove(job), e -> {
            LOG.warnf("%s attempt %d: its end was not told: %s", job.id(), job.attempt(), e.getMessage());
            running.remove(job);
        });
    }

    /** Appends an event until the log has it, or until the attempt is no longer held. */
    private Uni<Void> tellUntilHeard(Assignment assignment, Happening happening) {
        return Uni.createFrom()
                .deferred(() -> log.append(assignment.command(), assignment.at(), happening))
                .onFailure(e -> isHeld(assignment) && !(e instanceof CancellationException))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private boolean isHeld(Assignment assignment) {
        RunningJob job = running.of(assignment.held());
        return job != null && job.stopped() != RunningJob.Stop.LEASE_LOST;
    }
}
