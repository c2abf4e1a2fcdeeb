package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import dev.accepted.engine.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fails as often, or as long, as its input says, then succeeds. Its failures are retried: that is what it is there to show. */
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
    private final Clock clock;

    /**
     * What it is told.
     *
     * @param times attempts that fail; absent: all
     * @param until attempts before that time fail, as if something were broken until then
     * @param permanent whether the failure says that no further attempt would help
     */
    record Input(@Nullable Integer times, @Nullable Instant until, boolean permanent) {}

    Fail(ExecutionLog executions, Clock clock) {
        this.executions = executions;
        this.clock = clock;
    }

    @Override
    public @Nullable Void run(Input input, JobContext job) {
        executions.began(job);
        String detail;
        if (input.until != null && clock.instant().isBefore(input.until)) {
            detail = "The probe is broken until " + input.until + ", as its input asked.";
        } else if (job.attempt() <= timesOf(input)) {
            detail = "The probe fails in attempt " + job.attempt() + ", as its input asked.";
        } else {
            return null;
        }
        if (input.permanent) {
            throw new PermanentFailure(detail);
        }
        throw new IllegalStateException(detail);
    }

    private static int timesOf(Input input) {
        if (input.times != null) {
            return input.times;
        }
        return input.until == null ? Integer.MAX_VALUE : 0;
    }
}
