package dev.accepted.engine.execution;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.contract.job.Limit;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.engine.TryAgainLater;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one attempt ended: the only answers there are. */
sealed interface Outcome {

    /** What the log is told of it. */
    Happening tell(Run run);

    /**
     * What an outcome needs to know of the attempt that it ends.
     *
     * @param next asked once the attempt is known to have failed and another might succeed
     */
    record Run(String worker, Instant startedAt, Map<String, Long> counts, Next next) {}

    /** Whether another attempt follows a failed one. */
    @FunctionalInterface
    interface Next {

        /**
         * The delay after which it follows; empty if none does.
         *
         * @param least what the delay is at least, as far as the type's policy allows
         */
        Optional<Duration> delay(Duration least);
    }

    /** Sorts what a handler threw into the closed list. */
    static Outcome of(Throwable thrown) {
        if (thrown instanceof InputRejected rejected) {
            return new Disallowed(rejected.pointer(), sentence(rejected));
        }
        if (thrown instanceof PermanentFailure) {
            return new Broken(sentence(thrown), false, Duration.ZERO);
        }
        Duration least = thrown instanceof TryAgainLater later ? later.delay() : Duration.ZERO;
        return new Broken(sentence(thrown), true, least);
    }

    private static String sentence(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isBlank()
                ? "The job's handler ended with " + thrown.getClass().getSimpleName() + "."
                : message;
    }

    /** The work is done. */
    record Done(@Nullable JobResult result) implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.Succeeded(run.worker, run.startedAt, result, run.counts);
        }
    }

    /** Accepted, then disallowed. */
    record Disallowed(String pointer, String detail) implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.Rejected(run.worker, run.startedAt, pointer, detail);
        }
    }

    /**
     * The attempt failed; the type's policy decides whether another follows, and when.
     *
     * @param least how long the next one waits at least
     */
    record Broken(String detail, boolean retryable, Duration least) implements Outcome {
        @Override
        public Happening tell(Run run) {
            JobError error = JobError.failed(detail);
            Optional<Duration> delay = retryable ? run.next.delay(least) : Optional.empty();
            return delay.<Happening>map(
                            d -> new Happening.AttemptFailed(run.worker, run.startedAt, error, d, run.counts))
                    .orElseGet(() -> new Happening.Failed(run.worker, run.startedAt, error, run.counts));
        }

        static Broken timedOut(Duration timeout) {
            return new Broken(
                    "The attempt ran longer than " + timeout + ", the longest that its type allows, and was stopped.",
                    true,
                    Duration.ZERO);
        }
    }

    /** The job's deadline passed while the attempt ran; no further one is made. */
    record Overran(@Nullable Instant deadline) implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.Failed(
                    run.worker,
                    run.startedAt,
                    JobError.deadlineExceeded("Its deadline " + deadline + " passed while it ran; it was stopped."),
                    run.counts);
        }
    }

    /**
     * The job's deadline had passed before the attempt could begin, so it was not run.
     *
     * @param begunBefore whether an earlier attempt had begun
     */
    record TooLate(@Nullable Instant deadline, boolean begunBefore) implements Outcome {
        @Override
        public Happening tell(Run run) {
            String passed = "Its deadline " + deadline + " had passed before ";
            return begunBefore
                    ? new Happening.Failed(
                            run.worker,
                            null,
                            JobError.deadlineExceeded(passed + "a further attempt could begin."),
                            run.counts)
                    : new Happening.Expired(passed + "a worker could begin.");
        }
    }

    /** The handler stopped because the job was cancelled. */
    record Stopped() implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.Cancelled(run.worker, run.startedAt);
        }
    }

    /** It was not run, for as many run as a limit lets. */
    record HeldBack(Limit limit) implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.HeldBack(run.worker, limit);
        }
    }

    /** The worker goes away and another shall go on. */
    record HandedBack(String reason) implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.AttemptLost(
                    run.worker, run.startedAt, reason, Happening.AttemptLost.Cause.HANDED_BACK);
        }
    }
}
