package dev.accepted.engine;

import java.time.Duration;

/**
 * The attempt failed, and another one would before some time has passed: what is needed said so. The next attempt, if
 * the type's retry policy allows one, waits at least so long, up to the policy's longest delay.
 */
public final class TryAgainLater extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * A failure that asks for a delay.
     *
     * @param detail why, for the client to read
     * @param delay not negative
     */
    public TryAgainLater(String detail, Duration delay) {
        super(detail);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
