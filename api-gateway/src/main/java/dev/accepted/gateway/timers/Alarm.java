package dev.accepted.gateway.timers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread sleep until it planned to wake, or until somebody tells of something earlier. Safe for use by many
 * threads.
 *
 * <p>Nothing is missed between two sleeps: what is told after {@link #listen} wakes the sleep that follows.
 */
public final class Alarm {

    private final Lock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private @Nullable Instant earliest;

    /** Forgets what was told. Called before the sleeper looks at what is there, so that nothing falls between. */
    public void listen() {
        lock.lock();
        try {
            earliest = null;
        } finally {
            lock.unlock();
        }
    }

    /** Tells that something is due at a time. */
    public void ring(Instant due) {
        lock.lock();
        try {
            if (earliest == null || due.isBefore(earliest)) {
                earliest = due;
                told.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sleeps.
     *
     * @param planned when the sleeper means to wake, by the clock of those who ring
     * @param wait how long that is from now
     */
    public void sleep(Instant planned, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (earliest == null || !earliest.isBefore(planned)) {
                long left = until - System.nanoTime();
                if (left <= 0 || !told.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
