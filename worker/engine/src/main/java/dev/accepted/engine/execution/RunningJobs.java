package dev.accepted.engine.execution;

import dev.accepted.engine.process.EngineConfig;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The attempts held in memory, from the claim until the log has their outcome, and the slots they take.
 *
 * <p>A slot is taken as long as the attempt is held <em>or</em> its handler's thread runs. A thread that outlives its
 * attempt, because it hears no interrupt, has leaked its slot until it ends.
 */
@Singleton
public class RunningJobs {

    private final Map<Held, RunningJob> running = new ConcurrentHashMap<>();
    private final Set<RunningJob> threads = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition fewer = lock.newCondition();
    private final Map<Held, Long> lately = new LinkedHashMap<>();
    private final int slots;
    private final long memoryNanos;
    private int leaked;

    @Inject
    RunningJobs(Holder self, EngineConfig config) {
        this(self, config.worker().leaseTtl().multipliedBy(3));
    }

    /** @param memory for how long it is known which attempts were held, three times as long as a lease lives */
    RunningJobs(Holder self, Duration memory) {
        this.slots = self.slots();
        this.memoryNanos = memory.toNanos();
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

    /**
     * Whether an attempt is held, or was held so lately that its lease may still live although all of it is told. Of a
     * live lease of an attempt that is neither, its worker has never heard.
     */
    public boolean heardOf(Held attempt) {
        lock.lock();
        try {
            return running.containsKey(attempt) || lately.containsKey(attempt);
        } finally {
            lock.unlock();
        }
    }

    private void remember(Held attempt, long now) {
        lately.put(attempt, now);
        for (Iterator<Long> oldest = lately.values().iterator(); oldest.hasNext(); ) {
            if (now - oldest.next() < memoryNanos) {
                return;
            }
            oldest.remove();
        }
    }

    /** The attempt is over, and nothing is left to tell of it. */
    void remove(RunningJob job) {
        locked(() -> {
            remember(job.held(), System.nanoTime());
            if (running.remove(job.held(), job) && threads.contains(job)) {
                leaked++;
            }
        });
    }

    /** A thread begins to run the attempt's handler. */
    void entered(RunningJob job) {
        locked(() -> threads.add(job));
    }

    /** The thread that ran the attempt's handler is free again. */
    void left(RunningJob job) {
        locked(() -> {
            if (threads.remove(job) && !running.containsKey(job.held())) {
                leaked--;
            }
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            fewer.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Slots whose attempt is over while its handler's thread still runs. */
    public int leaked() {
        lock.lock();
        try {
            return leaked;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many slots are free; false when the time is over first. */
    public boolean awaitFree(int wanted, Duration atMost) throws InterruptedException {
        return await(() -> slots - running.size() - leaked >= wanted, atMost);
    }

    /** Waits until no attempt is held any more, whatever threads have leaked; false when the time is over first. */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        return await(running::isEmpty, atMost);
    }

    private boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!reached.getAsBoolean()) {
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
}
