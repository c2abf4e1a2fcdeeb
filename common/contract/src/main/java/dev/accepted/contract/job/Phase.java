package dev.accepted.contract.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a job is on its way. Its records' methods are the only legal transitions. */
public sealed interface Phase {

    Status status();

    /** The attempt that runs or may run next; of an ended job, its last. */
    int attempt();

    /** Whether an event of that attempt still counts; else it is fenced. */
    boolean takes(int attemptOfEvent);

    /** A worker has begun that attempt. */
    Phase started(int attempt);

    /** The job came to its end. */
    Phase ended(Ended as);

    /** The attempt is over and another follows, at that time or (null) at once. */
    Phase again(int over, @Nullable Instant notBefore, Instant now);

    /** The attempt was not run, for as many run as that limit lets; another follows when it has room. */
    Phase heldBack(int over, Limit by, Instant now);

    /**
     * The client wants it stopped.
     *
     * @param held whether a worker held an attempt when it was asked for
     * @param attempt that attempt; if it is over, nothing runs that could be waited for
     */
    Phase cancelRequested(boolean held, int attempt, Instant now);

    /** An operator takes it up again. */
    Phase redriven(Instant now);

    /** What holds as long as the job has not ended. */
    sealed interface Live extends Phase {

        @Override
        default boolean takes(int attemptOfEvent) {
            return attemptOfEvent >= attempt();
        }

        @Override
        default Phase ended(Ended as) {
            return as;
        }

        @Override
        default Phase again(int over, @Nullable Instant notBefore, Instant now) {
            return new Queued(over + 1, notBefore);
        }

        @Override
        default Phase heldBack(int over, Limit by, Instant now) {
            return new Queued(over + 1, now, by);
        }

        @Override
        default Phase cancelRequested(boolean held, int attempt, Instant now) {
            return held && attempt >= attempt() ? new Cancelling(attempt()) : Ended.cancelled(attempt(), now);
        }

        @Override
        default Phase redriven(Instant now) {
            return this;
        }
    }

    /**
     * Waits in a queue, for its time, or until a limit has room.
     *
     * @param notBefore its time; of one that is held, since when it waits
     * @param heldBy the limit that it waits for, until an attempt of it has begun
     */
    record Queued(
            int attempt,
            @Nullable Instant notBefore,
            @Nullable Limit heldBy) implements Live {

        /** Waits for no limit. */
        public Queued(int attempt, @Nullable Instant notBefore) {
            this(attempt, notBefore, null);
        }

        @Override
        public Status status() {
            return Status.QUEUED;
        }

        @Override
        public Phase started(int attempt) {
            return new Processing(attempt);
        }

        /** Whoever is held once more keeps its place. */
        @Override
        public Phase heldBack(int over, Limit by, Instant now) {
            return new Queued(over + 1, heldBy == null || notBefore == null ? now : notBefore, by);
        }
    }

    /** A worker is at it. */
    record Processing(int attempt) implements Live {
        @Override
        public Status status() {
            return Status.PROCESSING;
        }

        @Override
        public Phase started(int attempt) {
            return new Processing(attempt);
        }
    }

    /** A worker is at it and was told to stop: however the attempt ends now, the job is cancelled. */
    record Cancelling(int attempt) implements Live {
        @Override
        public Status status() {
            return Status.CANCELLING;
        }

        @Override
        public Phase started(int attempt) {
            return new Cancelling(attempt);
        }

        @Override
        public Phase ended(Ended as) {
            return Ended.cancelled(as.attempt(), as.at());
        }

        @Override
        public Phase again(int over, @Nullable Instant notBefore, Instant now) {
            return Ended.cancelled(over, now);
        }

        @Override
        public Phase heldBack(int over, Limit by, Instant now) {
            return Ended.cancelled(over, now);
        }
    }

    /** Final, but for an operator's redrive of what failed or expired. */
    record Ended(
            Status status,
            int attempt,
            Instant at,
            @Nullable JobResult result,
            @Nullable JobError error) implements Phase {

        public Ended {
            if (!status.done()) {
                throw new IllegalArgumentException("Not a final status: " + status);
            }
        }

        static Ended cancelled(int attempt, Instant at) {
            return new Ended(Status.CANCELLED, attempt, at, null, null);
        }

        /** Whether an operator may take the job up again. */
        public boolean redrivable() {
            return status == Status.FAILED || status == Status.EXPIRED;
        }

        @Override
        public boolean takes(int attemptOfEvent) {
            return false;
        }

        @Override
        public Phase started(int attempt) {
            return this;
        }

        @Override
        public Phase ended(Ended as) {
            return this;
        }

        @Override
        public Phase again(int over, @Nullable Instant notBefore, Instant now) {
            return this;
        }

        @Override
        public Phase heldBack(int over, Limit by, Instant now) {
            return this;
        }

        @Override
        public Phase cancelRequested(boolean held, int attempt, Instant now) {
            return this;
        }

        @Override
        public Phase redriven(Instant now) {
            return redrivable() ? new Queued(attempt + 1, now) : this;
        }
    }
}
