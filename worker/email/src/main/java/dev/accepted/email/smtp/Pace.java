package dev.accepted.email.smtp;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An upper bound of mails a second, spread evenly. Safe to use from any thread; all that share one share the bound.
 *
 * <p>Each mail takes the next of a row of deadlines. A deadline missed by a little is made up for, so that the
 * inexactness of sleeping does not add up; one missed by more is given away, so that idle time makes no burst.
 */
public final class Pace {

    private static final long MADE_UP_FOR = Duration.ofMillis(20).toNanos();

    private final long interval;
    private final Waiting waiting;
    private @Nullable Long next;

    /** @param perSecond mails a second; 0: without bound */
    public Pace(double perSecond, Waiting waiting) {
        if (!(perSecond >= 0)) {
            throw new IllegalArgumentException("A rate is 0 (no bound) or more mails a second, not " + perSecond);
        }
        this.interval = perSecond == 0 ? 0 : Math.round(Duration.ofSeconds(1).toNanos() / perSecond);
        this.waiting = waiting;
    }

    /** Returns when the next mail may go. */
    void await(BooleanSupplier stop) throws InterruptedException {
        if (interval > 0) {
            waiting.pause(Duration.ofNanos(takeDeadline()), stop);
        }
    }

    private synchronized long takeDeadline() {
        long now = waiting.nanoTime();
        long deadline = next == null || now - next > MADE_UP_FOR ? now : next;
        next = deadline + interval;
        return Math.max(0, deadline - now);
    }
}
