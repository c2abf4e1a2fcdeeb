package dev.accepted.engine.execution;

import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The attempts held in memory: from the claim until the log has their outcome. */
@Singleton
public class RunningJobs {

    private final Map<Held, RunningJob> running = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final int slots;

    RunningJobs(Holder self) {
        this.slots = self.slots();
    }

    public Collection<RunningJob> all() {
        return running.values();
    }

    public @Nullable RunningJob of(Held held) {
        return running.get(held);
    }

    void add(RunningJob job) {
        running.put(job.held(), job);
    }

    void remove(RunningJob job) {
        running.remove(job.held(), job);
        lock.lock();
        try {
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many slots are free; false when the time is over first. */
    public boolean awaitFree(int wanted, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (slots - running.size() < wanted) {
                if (left <= 0) {
                    return false;
                }
                left = fewer.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing runs any more; false when the time is over first. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return awaitFree(slots, atMost);
    }
}
