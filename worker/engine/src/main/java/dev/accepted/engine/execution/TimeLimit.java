package dev.accepted.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may run.
 *
 * @param timeout the longest that its type allows
 * @param deadline when the job must have ended, if its client said so
 */
record TimeLimit(Duration timeout, @Nullable Instant deadline) {

    /** Whether the deadline has passed. */
    boolean isLate(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }

    /** Why an attempt of that age has to stop now, if it has to. */
    Optional<RunningJob.Stop> passed(Duration age, Instant now) {
        if (isLate(now)) {
            return Optional.of(RunningJob.Stop.DEADLINE);
        }
        return age.compareTo(timeout) > 0 ? Optional.of(RunningJob.Stop.TIMED_OUT) : Optional.empty();
    }
}
