package dev.accepted.engine.execution;

import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread for each attempt: virtual where the JVM has them, else from a pool that grows with the slots. */
@Singleton
class HandlerThreads implements Executor {

    private final ExecutorService threads = virtual();

    private static ExecutorService virtual() {
        try {
            Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
            return (ExecutorService) factory.invoke(null);
        } catch (ReflectiveOperationException e) {
            // Before Java 21 there are none.
            AtomicInteger number = new AtomicInteger();
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "job-" + number.incrementAndGet());
                thread.setDaemon(true);
                thread.setContextClassLoader(loader);
                return thread;
            });
        }
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }
}
