package dev.accepted.gateway.concurrency;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.gateway.concurrency.Release.Outcome;
import dev.accepted.gateway.projection.Pulse;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Sends what waits for a limit as soon as there is room, on a thread of its own: what is due does not wait for it.
 *
 * <p>What this gateway folds wakes it. What another one folds, and limits that were changed there, it finds when it looks
 * again: soon while something waits, rarely else.
 */
@ApplicationScoped
class Releaser {

    private static final Logger LOG = Logger.getLogger(Releaser.class);

    /** What comes in so short a time is looked at once. */
    private static final Duration BREATH = Duration.ofMillis(2);

    private static final Duration SOON = Duration.ofMillis(25);
    private static final Duration WHILE_SOME_WAIT = Duration.ofMillis(250);
    private static final Duration WHILE_NONE_WAITS = Duration.ofSeconds(2);

    private final Release release;
    private final Lines lines;
    private final Pulse pulse;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "releaser");
    private volatile boolean stopped;

    Releaser(Release release, Lines lines, Pulse pulse) {
        this.release = release;
        this.lines = lines;
        this.pulse = pulse;
    }

    void start(@Observes StartupEvent started) {
        pulse.onChange(this::changed);
        thread.setDaemon(true);
        thread.start();
    }

    /** One that begins to wait, or, while some wait, one that makes room. */
    private void changed(JobState state) {
        boolean waits = state.phase() instanceof Phase.Queued queued && queued.heldBy() != null;
        if (waits || !(state.phase() instanceof Phase.Processing) && lines.limited(state)) {
            look();
        }
    }

    /** Lets it look now. */
    void look() {
        news.release();
    }

    private void run() {
        while (!stopped) {
            try {
                news.drainPermits();
                rest(release.release());
            } catch (InterruptedException | InterruptException e) {
                stopped = true;
            } catch (SQLException | RuntimeException e) {
                pause(e);
            }
        }
    }

    private void rest(Outcome outcome) throws InterruptedException {
        Duration longest = switch (outcome) {
            case MORE -> Duration.ZERO;
            case SENT, NOT_MY_TURN -> SOON;
            case NO_ROOM -> WHILE_SOME_WAIT;
            case NOTHING_WAITS -> WHILE_NONE_WAITS;
        };
        if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            TimeUnit.NANOSECONDS.sleep(BREATH.toNanos());
        }
    }

    private void pause(Exception because) {
        if (stopped) {
            return;
        }
        LOG.warnf("What waits for a limit cannot be sent; tried again in %s: %s", WHILE_SOME_WAIT, because);
        try {
            TimeUnit.NANOSECONDS.sleep(WHILE_SOME_WAIT.toNanos());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
