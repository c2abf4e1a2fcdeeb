package dev.accepted.email.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by sleeping, and then at once. */
public final class WaitingByHand implements Waiting {

    private final List<Duration> slept = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized void sleep(Duration time) {
        slept.add(time);
        nanos += time.toNanos();
    }

    /** Lets time pass without anybody sleeping. */
    public synchronized void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** All that was slept, together. */
    public synchronized Duration total() {
        return slept.stream().reduce(Duration.ZERO, Duration::plus);
    }
}
