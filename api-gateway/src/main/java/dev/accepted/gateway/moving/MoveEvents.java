package dev.accepted.gateway.moving;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import java.time.Instant;

/** What is written of a job whose start was moved. */
final class MoveEvents {

    /** It tells of the job itself, whose command waits as attempt 0. */
    private static final int NO_ATTEMPT = 0;

    private MoveEvents() {}

    static JobEvent of(JobState state, Instant to) {
        return new JobEvent(
                state.id().text(),
                state.tenant(),
                state.type(),
                state.queue(),
                NO_ATTEMPT,
                state.command(),
                new Happening.Rescheduled(to));
    }
}
