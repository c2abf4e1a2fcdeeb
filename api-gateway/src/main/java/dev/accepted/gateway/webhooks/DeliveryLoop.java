package dev.accepted.gateway.webhooks;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Occurrence;
import dev.accepted.gateway.projection.Pulse;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.gateway.timers.Alarm;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Makes deliveries as soon as there is something to tell, on a thread of its own. This gateway's own fold wakes it; what
 * another one's fold left behind it finds when it looks again, after {@link #LONGEST_SLEEP} at most.
 */
@ApplicationScoped
class DeliveryLoop {

    private static final Logger LOG = Logger.getLogger(DeliveryLoop.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMillis(500);
    private static final Duration BETWEEN_CLEANINGS = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 10_000;

    private final DeliveryMaker maker;
    private final Pulse pulse;
    private final DataSource database;
    private final Clock clock;
    private final Duration retention;
    private final Alarm alarm = new Alarm();
    private final Thread thread = new Thread(this::run, "webhooks");
    private volatile boolean stopped;

    DeliveryLoop(DeliveryMaker maker, Pulse pulse, DataSource database, Clock clock, GatewayConfig config) {
        this.maker = maker;
        this.pulse = pulse;
        this.database = database;
        this.clock = clock;
        this.retention = config.retention();
    }

    void start(@Observes StartupEvent started, Loops loops) {
        pulse.onChange(this::changed);
        loops.every(BETWEEN_CLEANINGS, this::clean);
        thread.setDaemon(true);
        thread.start();
    }

    private void changed(JobState state) {
        if (!Occurrence.of(state).isEmpty()) {
            alarm.ring(Instant.EPOCH);
        }
    }

    private void run() {
        while (!stopped) {
            try {
                alarm.listen();
                if (maker.makeSome() < DeliveryMaker.MOST) {
                    alarm.sleep(clock.instant(), LONGEST_SLEEP);
                }
            } catch (InterruptedException | InterruptException e) {
                stopped = true;
            } catch (SQLException | RuntimeException e) {
                pause(e);
            }
        }
    }

    private void pause(Exception because) {
        if (stopped) {
            return;
        }
        LOG.warnf("Webhooks cannot be handed on; tried again in %s: %s", LONGEST_SLEEP, because);
        try {
            Thread.sleep(LONGEST_SLEEP.toMillis());
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    /** Forgets what was told of jobs that are past the retention. */
    private void clean() {
        UUID oldest = UuidV7.lowest(clock.instant().minus(retention).minus(MARGIN));
        try {
            int gone = MOST_AT_ONCE;
            while (gone == MOST_AT_ONCE) {
                gone = Transaction.run(database, c -> WebhookTable.forget(c, oldest, MOST_AT_ONCE));
            }
        } catch (SQLException e) {
            LOG.warnf("What was told of old jobs cannot be deleted; tried again in %s: %s", BETWEEN_CLEANINGS, e);
        }
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        thread.join(Duration.ofSeconds(5).toMillis());
    }
}
