package dev.accepted.contract.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened to a job, and what that does to it: the only events there are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Happening.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Happening.Progressed.class, name = "progressed"),
    @JsonSubTypes.Type(value = Happening.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = Happening.AttemptFailed.class, name = "attempt-failed"),
    @JsonSubTypes.Type(value = Happening.AttemptLost.class, name = "attempt-lost"),
    @JsonSubTypes.Type(value = Happening.HeldBack.class, name = Happening.HeldBack.NAME),
    @JsonSubTypes.Type(value = Happening.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Happening.CancelRequested.class, name = "cancel-requested"),
    @JsonSubTypes.Type(value = Happening.Cancelled.class, name = "cancelled"),
    @JsonSubTypes.Type(value = Happening.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = Happening.Expired.class, name = "expired"),
    @JsonSubTypes.Type(value = Happening.Rescheduled.class, name = "rescheduled"),
    @JsonSubTypes.Type(value = Happening.Redriven.class, name = Happening.Redriven.NAME),
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Happening {

    /** The event's name in the log and in {@code ce_type}. */
    String eventName();

    /** Whether it still counts for a job in that phase; else it is fenced. */
    default boolean countsIn(Phase phase, int attempt) {
        return phase.takes(attempt);
    }

    /** What is known of the job's work after it. */
    Work note(Work work, int attempt);

    /**
     * Where the job is after it.
     *
     * @param noted what is known of the job's work, with this event
     */
    Phase move(Phase from, Work noted, int attempt, Instant at);

    /** Whether the attempt it tells of, if any, is over with it. */
    boolean endsAttempt();

    /** Whether the job's history keeps it. */
    default boolean historic() {
        return endsAttempt();
    }

    default @Nullable String by() {
        return null;
    }

    default @Nullable Instant since() {
        return null;
    }

    default @Nullable JobError error() {
        return null;
    }

    /** What whoever acted upon the job said for it, or why it was held back. */
    default @Nullable String why() {
        return null;
    }

    /** When the attempt that follows is due, if this sets it. */
    default @Nullable Instant nextAt(Instant at) {
        return null;
    }

    private static <K, V> Map<K, V> copyOf(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Map.copyOf(map);
    }

    /** A worker has begun. */
    record Started(String worker, Instant startedAt) implements Happening {
        @Override
        public String eventName() {
            return "started";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.started(attempt);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.runs(new Run(attempt, worker, startedAt));
        }

        @Override
        public boolean endsAttempt() {
            return false;
        }
    }

    /** A worker got further. */
    record Progressed(
            String worker,
            Instant startedAt,
            @Nullable Progress progress,
            Map<String, Long> counts,
            @Nullable JsonNode checkpoint)
            implements Happening {

        public Progressed {
            counts = copyOf(counts);
        }

        @Override
        public String eventName() {
            return "progressed";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.started(attempt);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.runs(new Run(attempt, worker, startedAt)).progressed(progress, counts, checkpoint);
        }

        @Override
        public boolean endsAttempt() {
            return false;
        }
    }

    /** The work is done. */
    record Succeeded(
            String worker, Instant startedAt, @Nullable JobResult result, Map<String, Long> counts)
            implements Happening {

        public Succeeded {
            counts = copyOf(counts);
        }

        @Override
        public String eventName() {
            return "succeeded";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.ended(new Phase.Ended(Status.SUCCEEDED, attempt, at, result, null));
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.begun(startedAt).progressed(null, counts, null);
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public String by() {
            return worker;
        }

        @Override
        public Instant since() {
            return startedAt;
        }
    }

    /** One attempt failed; the next follows after the delay that the worker's policy set. */
    record AttemptFailed(String worker, Instant startedAt, JobError error, Duration delay, Map<String, Long> counts)
            implements Happening {

        public AttemptFailed {
            counts = copyOf(counts);
        }

        @Override
        public String eventName() {
            return "attempt-failed";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.again(attempt, nextAt(at), at);
        }

        @Override
        public Instant nextAt(Instant at) {
            return at.plus(delay);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.begun(startedAt).progressed(null, counts, null).failedOnce();
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public String by() {
            return worker;
        }

        @Override
        public Instant since() {
            return startedAt;
        }
    }

    /** The worker went away, or handed the job back; the next attempt follows at once. */
    record AttemptLost(@Nullable String worker, @Nullable Instant startedAt, String reason, Cause cause)
            implements Happening {

        /** Why an attempt was lost. */
        public enum Cause {
            /** Its lease ran out. A job that kills its workers must not go on for ever, so this is counted. */
            @JsonProperty("worker-gone")
            WORKER_GONE,
            /** The worker was stopped and gave it away; however often that happens, the job is not to blame. */
            @JsonProperty("handed-back")
            HANDED_BACK
        }

        @Override
        public String eventName() {
            return "attempt-lost";
        }

        @Override
        public Work note(Work work, int attempt) {
            Work begun = work.begun(startedAt);
            return cause == Cause.HANDED_BACK ? begun : begun.lostOnce();
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return cause != Cause.HANDED_BACK && noted.losses() >= Work.MOST_LOSSES
                    ? from.ended(new Phase.Ended(
                            Status.FAILED,
                            attempt,
                            at,
                            null,
                            JobError.lost("Its worker went away " + Work.MOST_LOSSES
                                    + " times while it ran the job; it is not sent again.")))
                    : from.again(attempt, at, at);
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public @Nullable String by() {
            return worker;
        }

        @Override
        public @Nullable Instant since() {
            return startedAt;
        }

        @Override
        public JobError error() {
            return JobError.lost(reason);
        }
    }

    /**
     * A worker took the attempt and did not run it, for as many run as the limit lets; the next is sent when it has room.
     * It counts neither as failed nor as lost.
     */
    record HeldBack(String worker, Limit limit) implements Happening {

        static final String NAME = "held-back";

        @Override
        public String eventName() {
            return NAME;
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.heldBack(attempt, limit, at);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work;
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public String by() {
            return worker;
        }

        @Override
        public String why() {
            return limit.sentence();
        }
    }

    /** No further attempt is made. */
    record Failed(@Nullable String worker, @Nullable Instant startedAt, JobError error, Map<String, Long> counts)
            implements Happening {

        public Failed {
            counts = copyOf(counts);
        }

        @Override
        public String eventName() {
            return "failed";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.ended(new Phase.Ended(Status.FAILED, attempt, at, null, error));
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.begun(startedAt).progressed(null, counts, null).failedOnce();
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public @Nullable String by() {
            return worker;
        }

        @Override
        public @Nullable Instant since() {
            return startedAt;
        }
    }

    /**
     * The client wants it stopped, or an operator; whether a worker held it then decides what follows. The event's attempt
     * is the one that the worker held.
     *
     * @param actor the operator; null if it was the client
     */
    record CancelRequested(
            boolean wasLeased,
            @Nullable String reason,
            @Nullable String actor) implements Happening {

        /** The client wants it stopped. */
        public CancelRequested(boolean wasLeased, @Nullable String reason) {
            this(wasLeased, reason, null);
        }

        @Override
        public String eventName() {
            return "cancel-requested";
        }

        @Override
        public boolean countsIn(Phase phase, int attempt) {
            return !phase.status().done();
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.cancelRequested(wasLeased, attempt, at);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work;
        }

        @Override
        public boolean endsAttempt() {
            return false;
        }

        @Override
        public boolean historic() {
            return true;
        }

        @Override
        public @Nullable String by() {
            return actor;
        }

        @Override
        public @Nullable String why() {
            return reason;
        }
    }

    /** The worker stopped because the job was cancelled. */
    record Cancelled(@Nullable String worker, @Nullable Instant startedAt) implements Happening {
        @Override
        public String eventName() {
            return "cancelled";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.ended(Phase.Ended.cancelled(attempt, at));
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.begun(startedAt);
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public @Nullable String by() {
            return worker;
        }

        @Override
        public @Nullable Instant since() {
            return startedAt;
        }
    }

    /** Accepted, then disallowed: the work found the input unacceptable. */
    record Rejected(String worker, Instant startedAt, String pointer, String detail) implements Happening {
        @Override
        public String eventName() {
            return "rejected";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.ended(new Phase.Ended(Status.REJECTED, attempt, at, null, error()));
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.begun(startedAt);
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public String by() {
            return worker;
        }

        @Override
        public Instant since() {
            return startedAt;
        }

        @Override
        public JobError error() {
            return JobError.rejected(pointer, detail);
        }
    }

    /** Its time was over before it ended. */
    record Expired(String reason) implements Happening {
        @Override
        public String eventName() {
            return "expired";
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.ended(new Phase.Ended(Status.EXPIRED, Math.max(attempt, from.attempt()), at, null, error()));
        }

        @Override
        public boolean countsIn(Phase phase, int attempt) {
            return !phase.status().done();
        }

        @Override
        public Work note(Work work, int attempt) {
            return work;
        }

        @Override
        public boolean endsAttempt() {
            return true;
        }

        @Override
        public JobError error() {
            return new JobError("job-expired", reason, null);
        }
    }

    /** The client moved its start to another time. */
    record Rescheduled(Instant scheduledTime) implements Happening {
        @Override
        public String eventName() {
            return "rescheduled";
        }

        @Override
        public boolean countsIn(Phase phase, int attempt) {
            return phase.status() == Status.QUEUED;
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return new Phase.Queued(from.attempt(), scheduledTime);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work;
        }

        @Override
        public boolean endsAttempt() {
            return false;
        }

        @Override
        public boolean historic() {
            return true;
        }

        @Override
        public Instant nextAt(Instant at) {
            return scheduledTime;
        }
    }

    /** An operator's replay takes a failed or expired job up again. */
    record Redriven(String actor, String reason) implements Happening {

        static final String NAME = "redriven";

        @Override
        public String eventName() {
            return NAME;
        }

        @Override
        public boolean countsIn(Phase phase, int attempt) {
            return phase instanceof Phase.Ended ended && ended.redrivable();
        }

        @Override
        public Phase move(Phase from, Work noted, int attempt, Instant at) {
            return from.redriven(at);
        }

        @Override
        public Work note(Work work, int attempt) {
            return work.anew();
        }

        @Override
        public boolean endsAttempt() {
            return false;
        }

        @Override
        public boolean historic() {
            return true;
        }

        @Override
        public String by() {
            return actor;
        }

        @Override
        public String why() {
            return reason;
        }
    }
}
