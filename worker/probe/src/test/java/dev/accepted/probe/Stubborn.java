package dev.accepted.probe;

import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Hears an interrupt, notes it, and goes on all the same until the test releases it. */
@Singleton
@JobType(
        value = "test.stubborn",
        queue = "probe",
        title = "Go on whatever happens",
        typicalDuration = "PT1S",
        timeout = "PT4S")
class Stubborn implements JobHandler<Stubborn.Input, Void> {

    private final Map<String, CountDownLatch> releases = new ConcurrentHashMap<>();
    private final Map<String, Interrupt> interrupts = new ConcurrentHashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    /**
     * What it is told.
     *
     * @param fails whether it throws when it is released
     */
    record Input(boolean fails) {}

    /** When it was interrupted, and whether it could see that it should stop. */
    record Interrupt(long nanos, boolean cancelled) {}

    @Override
    public @Nullable Void run(Input input, JobContext job) {
        begun.add(job.id());
        CountDownLatch released = latch(job.id());
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupts.putIfAbsent(job.id(), new Interrupt(System.nanoTime(), job.cancelled()));
            }
        }
        if (input.fails) {
            throw new IllegalStateException("released, and fails");
        }
        return null;
    }

    boolean hasBegun(String job) {
        return begun.contains(job);
    }

    void release(String job) {
        latch(job).countDown();
    }

    @Nullable
    Interrupt interrupt(String job) {
        return interrupts.get(job);
    }

    private CountDownLatch latch(String job) {
        return releases.computeIfAbsent(job, j -> new CountDownLatch(1));
    }
}
