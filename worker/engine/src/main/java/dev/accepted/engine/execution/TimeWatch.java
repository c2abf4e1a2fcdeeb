package dev.accepted.engine.execution;

import dev.accepted.engine.process.EngineConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Holds all attempts to their time limits: interrupts those past it, gives up those that go on all the same. */
@Singleton
public class TimeWatch {

    private final RunningJobs running;
    private final JobExecutor executor;
    private final Clock clock;
    private final Duration grace;

    TimeWatch(RunningJobs running, JobExecutor executor, Clock clock, EngineConfig config) {
        this.running = running;
        this.executor = executor;
        this.clock = clock;
        this.grace = config.worker().grace();
    }

    /** Looks at each attempt once. */
    public void check(long nowNanos) {
        for (RunningJob job : running.all()) {
            if (job.outstays(clock.instant(), nowNanos, grace)) {
                executor.giveUp(job);
            }
        }
    }
}
