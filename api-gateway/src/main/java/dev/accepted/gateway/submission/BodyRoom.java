package dev.accepted.gateway.submission;

import dev.accepted.gateway.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * How much memory the bodies of all requests may take together. What is over it is refused with 503, so that many large
 * bodies at once never end the process. Safe for use by many threads.
 */
@Singleton
public class BodyRoom {

    /** Bodies as they came take at most this part of the heap. */
    private static final int PART_FOR_BODIES = 8;

    /** A tree takes up to 27 times its bytes: together they stay within two thirds of the heap. */
    private static final int PART_FOR_TREES = 40;

    private static final int UNIT = 1024;
    private static final long PATIENCE_SECONDS = 5;

    private final AtomicLong free;
    private final int treeUnits;
    private final Semaphore trees;

    BodyRoom() {
        this(Runtime.getRuntime().maxMemory());
    }

    BodyRoom(long heap) {
        this.free = new AtomicLong(heap / PART_FOR_BODIES);
        this.treeUnits = (int) (heap / PART_FOR_TREES / UNIT);
        this.trees = new Semaphore(treeUnits, true);
    }

    /** Takes room for so many bytes; false if there is none. */
    public boolean take(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    /** Gives it back. */
    public void giveBack(long bytes) {
        free.addAndGet(bytes);
    }

    /** Runs what makes a tree of a large body on a worker thread, when there is room for the tree. */
    public <T> Uni<T> forTreeOf(int bytes, Supplier<T> work) {
        return Uni.createFrom()
                .item(() -> withTreeOf(bytes, work))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Runs it here, on a thread that may wait for the room. */
    <T> T withTreeOf(int bytes, Supplier<T> work) {
        int units = Math.min(treeUnits, bytes / UNIT + 1);
        awaitTree(units);
        try {
            return work.get();
        } finally {
            trees.release(units);
        }
    }

    private void awaitTree(int units) {
        try {
            if (!trees.tryAcquire(units, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw full();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw full();
        }
    }

    /** There is no room. */
    public static Problem full() {
        return Problem.of(
                        503,
                        "temporary-reduced-capacity",
                        "Temporarily reduced capacity",
                        "Many large requests are being read at the moment. Nothing of this one was accepted; send it"
                                + " again after the seconds that Retry-After names.")
                .withHeader("Retry-After", "2");
    }
}
