package dev.accepted.store.lease;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That no further attempt of a job may begin, as its lease has it.
 *
 * @param held whether a worker holds an attempt
 * @param attempt the attempt that is held; without one, above every attempt
 * @param command of the attempt that is held
 * @param reason what the client said, or the operator
 * @param by the operator; null if it was the client, or a deadline
 */
public record Stop(
        UUID job,
        Cause cause,
        boolean held,
        int attempt,
        Position command,
        @Nullable String reason,
        @Nullable String by) {

    /** Who holds a lease that is no worker's. */
    static final UUID NOBODY = new UUID(0, 0);

    /** Above every attempt, so that no claim gets past it. */
    static final int EVERY_ATTEMPT = Integer.MAX_VALUE;

    /** Why it may not go on; the worker's name in a lease that nobody holds. */
    public enum Cause {
        /** The client wants it stopped, or an operator. */
        CANCEL,
        /** Its deadline passed. */
        DEADLINE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The attempt that an event tells of which is written because of this.
     *
     * @param state the job as the table has it
     */
    public int attemptOf(JobState state) {
        return held ? attempt : state.phase().attempt();
    }

    /** Where that attempt's command lies; null if it was not sent yet. */
    public @Nullable Position commandOf(JobState state) {
        if (held) {
            return command;
        }
        return state.dispatched() == state.phase().attempt() ? state.command() : null;
    }
}
