package dev.accepted.gateway.timers;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.projection.Pulse;
import dev.accepted.store.timer.TimerTable.Next;
import dev.accepted.store.timer.TimerTable.Order;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Fires timers when they are due, on a thread of its own.
 *
 * <p>It sleeps until the next one is due. Timers that this gateway's own fold sets wake it; those that another gateway's
 * fold sets it finds when it looks again, after {@link #LONGEST_SLEEP} at most. Of many that are due at once it takes
 * the oldest and the newest in turn, so that what becomes due meanwhile does not wait for all of them.
 */
@ApplicationScoped
class TimerFirer {

    private static final Logger LOG = Logger.getLogger(TimerFirer.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);

    private final Firing firing;
    private final Pulse pulse;
    private final Alarm alarm = new Alarm();
    private final Thread thread = new Thread(this::run, "timers");
    private volatile boolean stopped;

    TimerFirer(Firing firing, Pulse pulse) {
        this.firing = firing;
        this.pulse = pulse;
    }

    void start(@Observes StartupEvent started) {
        pulse.onChange(this::changed);
        thread.setDaemon(true);
        thread.start();
    }

    private void changed(JobState state) {
        state.timer().filter(timer -> timer.heldBy() == null).ifPresent(timer -> alarm.ring(timer.dueAt()));
    }

    private void run() {
        Order order = Order.OLDEST;
        while (!stopped) {
            try {
                alarm.listen();
                Firing.Fired fired = firing.fire(order);
                order = order == Order.OLDEST ? Order.NEWEST : Order.OLDEST;
                if (!fired.more()) {
                    sleep(fired.next());
                }
            } catch (InterruptedException | InterruptException e) {
                stopped = true;
            } catch (SQLException | RuntimeException e) {
                pause(e);
            }
        }
    }

    private void sleep(Next next) throws InterruptedException {
        Duration wait = next.untilDue()
                .filter(until -> until.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
        alarm.sleep(next.now().plus(wait), wait);
    }

    private void pause(Exception because) {
        if (stopped) {
            return;
        }
        LOG.warnf("Timers cannot be fired; tried again in %s: %s", LONGEST_SLEEP, because);
        try {
            Thread.sleep(LONGEST_SLEEP.toMillis());
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
