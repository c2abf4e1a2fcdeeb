package dev.accepted.gateway.cancel;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.store.lease.Stop;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is written of a job that was stopped. Written twice it does no harm: the fold goes by the job's state. */
public final class StopEvents {

    private StopEvents() {}

    /** The event for which a job's lease was taken. */
    public static JobEvent of(Stop stop, JobState state) {
        Happening happening = switch (stop.cause()) {
            case CANCEL -> new Happening.CancelRequested(stop.held(), stop.reason(), stop.by());
            case DEADLINE -> pastDeadline(state);
        };
        return event(state, stop.attemptOf(state), stop.commandOf(state), happening);
    }

    /** That a job is ended whoever is at it. */
    public static JobEvent expired(JobState state, String reason) {
        int attempt = state.phase().attempt();
        return event(
                state, attempt, state.dispatched() == attempt ? state.command() : null, new Happening.Expired(reason));
    }

    private static Happening pastDeadline(JobState state) {
        return state.work().startedAt() == null
                ? new Happening.Expired("Its deadline passed before a worker began.")
                : new Happening.Failed(
                        null,
                        null,
                        JobError.deadlineExceeded("Its deadline passed while it waited for its next attempt."),
                        Map.of());
    }

    private static JobEvent event(JobState state, int attempt, @Nullable Position command, Happening happening) {
        return new JobEvent(
                state.id().text(), state.tenant(), state.type(), state.queue(), attempt, command, happening);
    }
}
