package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sleeps as long as its input says. */
@ApplicationScoped
@JobType(value = "probe.sleep", queue = "probe", title = "Sleep", typicalDuration = "PT1S", timeout = "PT24H")
class Sleep implements JobHandler<Sleep.Input, Void> {

    private final ExecutionLog executions;

    record Input(long millis) {}

    Sleep(ExecutionLog executions) {
        this.executions = executions;
    }

    @Override
    public @Nullable Void run(Input input, JobContext job) throws InterruptedException {
        executions.began(job);
        TimeUnit.MILLISECONDS.sleep(input.millis);
        return null;
    }
}
