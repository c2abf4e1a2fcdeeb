package dev.accepted.engine;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** One attempt of one job, as its handler sees it. Safe to use from any thread of the handler while it runs. */
public interface JobContext {

    String id();

    String tenant();

    String type();

    /** 1 for the first, and one more for each time the job was sent again. */
    int attempt();

    /** When the job must have ended, if its client said so. */
    Optional<Instant> deadline();

    /** Shows how far the work is: percent from 0 to 100. Cheap: what comes too often is merged before it is sent. */
    void progress(double percent, String message);

    /** Shows a figure of the work as a member of the job's body, for example {@code sent_count}. */
    void count(String name, long value);

    /**
     * Keeps a value (any that Jackson writes, up to 64 KiB) from which the next attempt can go on. Returns when the log
     * has it.
     *
     * @throws java.util.concurrent.CancellationException if the attempt is over, because its handler outlived its time
     *     or its lease
     */
    void checkpoint(Object value);

    /** The last checkpoint that an earlier attempt kept. */
    <T> Optional<T> lastCheckpoint(Class<T> type);

    /** Whether the handler should stop: the job was cancelled, its time is over, or its lease went to somebody else. */
    boolean cancelled();

    /** Whether an operator runs a finished job again on purpose, so that its effects are doubled. */
    boolean isReplay();

    /** The same over all attempts of this job: hand it downstream as its idempotency key. */
    String effectKey();

    /** Stores a file beside the job. Return it from the handler to make it the result. */
    Attachment attach(String name, String contentType, InputStream content) throws IOException;

    /** Reference data that the input's member named, in the version that was current when the job was accepted. */
    Optional<Reference> reference(String member);
}
