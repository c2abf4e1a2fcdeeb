package dev.accepted.email.smtp;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Time that passes, so that a test can let it pass by hand. */
public interface Waiting {

    /** As {@link System#nanoTime}. */
    long nanoTime();

    void sleep(Duration time) throws InterruptedException;

    /**
     * Sleeps, and wakes at least twice a second to see whether it still should.
     *
     * @throws CancellationException when {@code stop} says so
     */
    default void pause(Duration time, BooleanSupplier stop) throws InterruptedException {
        Duration slice = Duration.ofMillis(500);
        Duration left = time;
        while (left.compareTo(Duration.ZERO) > 0) {
            if (stop.getAsBoolean()) {
                throw new CancellationException("Stopped while waiting");
            }
            Duration next = left.compareTo(slice) < 0 ? left : slice;
            sleep(next);
            left = left.minus(next);
        }
    }

    /** The machine's own time. */
    static Waiting really() {
        return new Waiting() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration time) throws InterruptedException {
                TimeUnit.NANOSECONDS.sleep(time.toNanos());
            }
        };
    }
}
