package dev.accepted.engine;

import org.jspecify.annotations.Nullable;

/** The work cannot succeed, however often it is tried: the job ends as {@code failed} with this message. */
public final class PermanentFailure extends RuntimeException {

    /** @param detail why, for the client to read */
    public PermanentFailure(String detail) {
        super(detail);
    }

    /** @param detail why, for the client to read */
    public PermanentFailure(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }
}
