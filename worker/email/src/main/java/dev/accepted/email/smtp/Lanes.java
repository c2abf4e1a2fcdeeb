package dev.accepted.email.smtp;

import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Parallel lanes of one campaign, each with its thread. Used by one thread at a time. */
public final class Lanes implements AutoCloseable {

    private final List<Lane> lanes;
    private final ExecutorService threads;

    Lanes(String name, List<Lane> lanes) {
        this.lanes = lanes;
        this.threads = Executors.newFixedThreadPool(lanes.size(), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Settles one item, sending by the given way if there is something to send. */
    @FunctionalInterface
    public interface Step<T> {
        void settle(T item, Sending sending) throws Exception;
    }

    /** The way out, for one item. */
    @FunctionalInterface
    public interface Sending {
        Outcome send(Mail mail) throws MailServerUnavailable, SenderRefused, InterruptedException;
    }

    /**
     * Settles all items, and returns when no lane works any more. The first failure stops every lane after the item it
     * has in hand.
     *
     * @throws CancellationException if {@code stop} became true while items were left
     * @throws Exception the first failure; items are then left unsettled
     */
    public <T> void settleAll(Collection<T> items, Step<T> step, BooleanSupplier stop) throws Exception {
        Queue<T> queue = new ConcurrentLinkedQueue<>(items);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        BooleanSupplier halt = () -> failure.get() != null || stop.getAsBoolean();
        List<Future<@Nullable Void>> done = threads.invokeAll(lanes.stream()
                .map(lane -> work(lane, queue, step, halt, failure))
                .toList());
        Exception first = failure.get();
        if (first != null) {
            throw first;
        }
        for (Future<@Nullable Void> lane : done) {
            lane.get(); // An Error is no failure to go on from, but must not pass for success.
        }
    }

    /** Returns at once: a lane that still hangs in a slow answer closes itself behind it. */
    @Override
    public void close() {
        lanes.forEach(lane -> threads.execute(lane::close));
        threads.shutdown();
    }

    private static <T> Callable<@Nullable Void> work(
            Lane lane,
            Queue<T> queue,
            Step<T> step,
            BooleanSupplier halt,
            AtomicReference<@Nullable Exception> failure) {
        return () -> {
            try {
                for (T item; (item = queue.poll()) != null; ) {
                    requireGoingOn(halt);
                    step.settle(item, mail -> lane.send(mail, halt));
                }
            } catch (Exception e) {
                failure.compareAndSet(null, e);
            }
            return null;
        };
    }

    private static void requireGoingOn(BooleanSupplier halt) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (halt.getAsBoolean()) {
            throw new CancellationException("Stopped before the last mail");
        }
    }
}
