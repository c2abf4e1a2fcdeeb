package dev.accepted.engine.process;

import dev.accepted.engine.execution.JobExecutor;
import dev.accepted.engine.execution.RunningJob;
import dev.accepted.engine.execution.RunningJobs;
import dev.accepted.engine.execution.TimeWatch;
import dev.accepted.engine.intake.Intake;
import dev.accepted.engine.lease.LeaseKeeper;
import dev.accepted.engine.types.Announcer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The worker's way: announce → renew leases, show progress, watch the time, take commands → drain → hand back → end. */
@ApplicationScoped
public class WorkerProcess {

    private static final Logger LOG = Logger.getLogger(WorkerProcess.class);
    private static final Duration RENEWAL = Duration.ofSeconds(1);
    private static final Duration TIME_CHECK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Announcer announcer;
    private final Intake intake;
    private final LeaseKeeper leases;
    private final RunningJobs running;
    private final JobExecutor executor;
    private final TimeWatch time;
    private final EngineConfig.Worker config;
    private final ScheduledExecutorService loops = Executors.newScheduledThreadPool(2, WorkerProcess::daemon);
    private @Nullable Thread taking;
    private volatile boolean announced;
    private volatile boolean stopping;

    WorkerProcess(
            Announcer announcer,
            Intake intake,
            LeaseKeeper leases,
            RunningJobs running,
            JobExecutor executor,
            TimeWatch time,
            EngineConfig config) {
        this.announcer = announcer;
        this.intake = intake;
        this.leases = leases;
        this.running = running;
        this.executor = executor;
        this.time = time;
        this.config = config.worker();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "engine");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the types are announced and commands are taken. */
    public boolean ready() {
        return announced && !stopping;
    }

    void start(@Observes StartupEvent started) {
        taking = new Thread(this::work, "intake");
        taking.setDaemon(true);
        taking.start();
    }

    private void work() {
        if (!announceUntilHeard()) {
            return;
        }
        every(RENEWAL, leases::renew);
        every(config.linger().dividedBy(2), () -> executor.showProgress(System.nanoTime()));
        every(TIME_CHECK, () -> time.check(System.nanoTime()));
        announced = true;
        LOG.infof("Worker %s takes jobs, %d at once", config.name(), config.slots());
        intake.run();
    }

    private boolean announceUntilHeard() {
        try {
            while (!stopping) {
                try {
                    announcer.announce();
                    return true;
                } catch (ExecutionException | RuntimeException e) {
                    LOG.infof("Types are not announced yet; tried again in %s: %s", PAUSE, e.getMessage());
                    TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void every(Duration period, Runnable task) {
        Runnable unending = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                // A periodic task that throws would never run again.
                LOG.error("Unexpected; tried again in " + period, e);
            }
        };
        var unused = loops.scheduleWithFixedDelay(unending, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        intake.stop();
        if (!running.awaitIdle(config.drain())) {
            LOG.infof(
                    "%d jobs still run after %s and are handed back",
                    running.all().size(), config.drain());
            for (RunningJob job : running.all()) {
                executor.handBack(job, "Worker " + config.name() + " was stopped and handed the job back.");
            }
            running.awaitIdle(LAST_WORDS);
        }
        if (taking != null) {
            taking.join(LAST_WORDS.toMillis());
        }
        loops.shutdownNow();
        leases.retire();
    }
}
