package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import dev.accepted.engine.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Fails as often as its input says, then succeeds. Its failures are retried: that is what it is there to show. */
@ApplicationScoped
@JobType(
        value = "probe.fail",
        queue = "probe",
        title = "Fail",
        typicalDuration = "PT0.001S",
        timeout = "PT10S",
        maxAttempts = 5,
        initialDelay = "PT1S")
class Fail implements JobHandler<Fail.Input, Void> {

    private final ExecutionLog executions;

    /**
     * What it is told.
     *
     * @param times attempts that fail; absent: all
     * @param permanent whether the failure says that no further attempt would help
     */
    record Input(@Nullable Integer times, boolean permanent) {}

    Fail(ExecutionLog executions) {
        this.executions = executions;
    }

    @Override
    public @Nullable Void run(Input input, JobContext job) {
        executions.began(job);
        int times = input.times == null ? Integer.MAX_VALUE : input.times;
        if (job.attempt() > times) {
            return null;
        }
        String detail = "The probe fails in attempt " + job.attempt() + ", as its input asked.";
        if (input.permanent) {
            throw new PermanentFailure(detail);
        }
        throw new IllegalStateException(detail);
    }
}
