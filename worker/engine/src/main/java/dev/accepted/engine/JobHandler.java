package dev.accepted.engine;

import org.jspecify.annotations.Nullable;

/**
 * Runs the jobs of one type.
 *
 * <p>One instance serves many jobs at once, each on its own thread. Delivery is at least once: a job whose worker died
 * runs again, with the next attempt number and the last checkpoint, so effects outside carry {@link
 * JobContext#effectKey()}. A thread that is interrupted should end soon; what it then reports is not counted.
 *
 * @param <I> the input: a type that Jackson reads from the input's JSON, or {@code byte[]} for the bytes as they came
 * @param <R> the result: an {@link Attachment} becomes the result as it is, null means none, anything else becomes JSON
 */
public interface JobHandler<I, R> {

    /**
     * Does the work.
     *
     * @throws InputRejected what only the work could find out about the input: the job ends as {@code rejected}
     * @throws PermanentFailure no further attempt would help: the job ends as {@code failed}
     * @throws TryAgainLater this attempt failed, and the next shall wait for a while
     * @throws Exception anything else fails this attempt; the type's retry policy decides about the next
     */
    @Nullable
    R run(I input, JobContext job) throws Exception;
}
