package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Does nothing, whatever its input. */
@ApplicationScoped
@JobType(value = "probe.noop", queue = "probe", title = "Do nothing", typicalDuration = "PT0.001S", timeout = "PT10S")
class Noop implements JobHandler<byte[], Void> {

    private final ExecutionLog executions;

    Noop(ExecutionLog executions) {
        this.executions = executions;
    }

    @Override
    public @Nullable Void run(byte[] input, JobContext job) {
        executions.began(job);
        return null;
    }
}
