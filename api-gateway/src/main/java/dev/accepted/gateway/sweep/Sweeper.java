package dev.accepted.gateway.sweep;

import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.JobCensus;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.transaction.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The safety net: looks for stranded jobs and has them rescued. One gateway at a time does it. */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Whereabouts whereabouts;
    private final Rescue rescue;
    private final DataSource database;
    private final Loops loops;
    private final Duration period;
    private final Counter rescued;

    Sweeper(
            Whereabouts whereabouts,
            Rescue rescue,
            DataSource database,
            Loops loops,
            GatewayConfig config,
            MeterRegistry metrics) {
        this.whereabouts = whereabouts;
        this.rescue = rescue;
        this.database = database;
        this.loops = loops;
        this.period = config.sweep().period();
        this.rescued = Counter.builder("accepted.sweep.rescued")
                .description("Stranded jobs that were sent again or ended, or whose attempt was declared lost")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        loops.every(period, this::sweep);
    }

    void sweep() {
        try {
            Transaction.run(database, connection -> {
                // Held until the transaction ends: the other gateways need not look too.
                if (JobCensus.isMyTurn(connection)) {
                    rescueWhatIsStranded();
                }
                return true;
            });
        } catch (FoldBehind e) {
            LOG.debugf("Nothing is swept now: %s", e.getMessage());
        } catch (SQLException | KafkaException | IllegalStateException e) {
            LOG.warnf("Stranded jobs cannot be looked for; tried again in %s: %s", period, e.getMessage());
        }
    }

    private void rescueWhatIsStranded() throws SQLException {
        try {
            rescued.increment(rescue.rescue(stranded()));
        } catch (LogAway e) {
            LOG.warnf("Stranded jobs cannot be rescued; tried again in %s: %s", period, e.getMessage());
        }
    }

    private List<Stranded> stranded() throws SQLException {
        try {
            return whereabouts.find(PATIENCE).stranded();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }
}
