package dev.accepted.engine.lease;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether fresh commands may be taken: not while the queue is paused or the worker drained, and not while leases cannot be
 * renewed, for then none could be claimed. What runs is not concerned. Shut until the first renewal. Safe for use by many
 * threads.
 */
@Singleton
public class Valve {

    private boolean open;

    /** Opens it or shuts it; true if that changed it. */
    synchronized boolean turn(boolean toOpen) {
        boolean changed = open != toOpen;
        open = toOpen;
        notifyAll();
        return changed;
    }

    /** Whether fresh commands are taken now. */
    public synchronized boolean isOpen() {
        return open;
    }

    /** Waits until it is open; false when the time is over first. */
    public synchronized boolean awaitOpen(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!open) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
