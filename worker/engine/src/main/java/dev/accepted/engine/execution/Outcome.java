package dev.accepted.engine.execution;

import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobResult;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.PermanentFailure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one attempt ended: the only answers there are. */
sealed interface Outcome {

    /** What the log is told of it. */
    Happening tell(Run run);

    /** What an outcome needs to know of the attempt that it ends. */
    record Run(String worker, Instant startedAt, Map<String, Long> counts, int failuresBefore, RetryPolicy retry) {}

    /** Sorts what a handler threw into the closed list. */
    static Outcome of(Throwable thrown) {
        if (thrown instanceof InputRejected rejected) {
            return new Disallowed(rejected.pointer(), sentence(rejected));
        }
        return new Broken(sentence(thrown), !(thrown instanceof PermanentFailure));
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

    /** The attempt failed; the type's policy decides whether another follows, and when. */
    record Broken(String detail, boolean retryable) implements Outcome {
        @Override
        public Happening tell(Run run) {
            int failures = run.failuresBefore + 1;
            JobError error = JobError.failed(detail);
            return retryable && run.retry.allowsAfter(failures)
                    ? new Happening.AttemptFailed(
                            run.worker, run.startedAt, error, run.retry.delayAfter(failures), run.counts)
                    : new Happening.Failed(run.worker, run.startedAt, error, run.counts);
        }
    }

    /** The handler stopped because the job was cancelled. */
    record Stopped() implements Outcome {
        @Override
        public Happening tell(Run run) {
            return new Happening.Cancelled(run.worker, run.startedAt);
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
