package dev.accepted.gateway.callbacks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Resolves names on a few threads of its own: whoever names hosts whose servers never answer holds up nobody but those who
 * do the same. Safe for use by many threads.
 */
final class Names {

    /** Resolves a name; blocks for as long as that takes. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String host) throws UnknownHostException;
    }

    static final Lookup SYSTEM = InetAddress::getAllByName;

    private static final int THREADS = 8;
    private static final int WAITING = 256;
    private static final long IDLE_SECONDS = 30;

    private final Lookup lookup;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    Names(Lookup lookup, Duration patience) {
        this.lookup = lookup;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "callback-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** What a name resolves to, nothing if there is no such; empty if that cannot be told in time. */
    Optional<List<byte[]>> resolve(String host) {
        Future<InetAddress[]> found;
        try {
            found = threads.submit(() -> lookup.all(host));
        } catch (RejectedExecutionException e) {
            return Optional.empty();
        }
        try {
            InetAddress[] all = found.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.of(Stream.of(all).map(InetAddress::getAddress).toList());
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownHostException ? Optional.of(List.of()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            // Nobody waits for it any more; one that has not begun never does.
            found.cancel(true);
        }
    }
}
