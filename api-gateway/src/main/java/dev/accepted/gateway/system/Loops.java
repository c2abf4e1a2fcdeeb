package dev.accepted.gateway.system;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the gateway's periodic duties. One that throws is logged and runs again. */
@Singleton
public class Loops {

    private static final Logger LOG = Logger.getLogger(Loops.class);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(6, task -> {
        Thread thread = new Thread(task, "loop");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs the duty again and again, with a pause of that length between two runs. */
    public void every(Duration pause, Runnable duty) {
        var unused = threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        duty.run();
                    } catch (RuntimeException e) {
                        LOG.errorf(e, "Unexpected; tried again in %s", pause);
                    }
                },
                pause.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
