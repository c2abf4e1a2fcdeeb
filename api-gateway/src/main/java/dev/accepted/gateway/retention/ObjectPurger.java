package dev.accepted.gateway.retention;

import dev.accepted.contract.id.Horizon;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.objects.ObjectStore;
import dev.accepted.store.job.PastJobs;
import dev.accepted.store.reference.ObjectUses;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Removes objects to which no kept job can refer any more.
 *
 * <p>Inputs and results are stored anew for each job, and reference data that is replaced is renewed in that moment. So
 * what was neither for longer than jobs are kept belongs to none, unless it is current reference data or what a schedule
 * sends.
 */
@ApplicationScoped
class ObjectPurger {

    private static final Logger LOG = Logger.getLogger(ObjectPurger.class);
    private static final Duration PERIOD = Duration.ofHours(1);

    /** The clocks of gateways, workers and the store may differ. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final DataSource database;
    private final ObjectStore objects;
    private final Clock clock;
    private final Horizon horizon;

    ObjectPurger(DataSource database, ObjectStore objects, Clock clock, GatewayConfig config) {
        this.database = database;
        this.objects = objects;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, () -> purge(clock.instant()));
    }

    /** Removes what is past at a time, unless another gateway removes something. */
    void purge(Instant now) {
        try {
            int removed = Transaction.run(
                    database,
                    connection -> PastJobs.isMyTurn(connection)
                            ? remove(horizon.at(now).minus(MARGIN))
                            : 0);
            if (removed > 0) {
                LOG.infof("%d objects are removed: the jobs that needed them are gone", removed);
            }
        } catch (SQLException | UncheckedIOException e) {
            LOG.warnf("Old objects cannot be removed; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    private int remove(Instant than) {
        try {
            return objects.removeOlder(than, this::wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> wanted(String tenant, Set<String> digests) throws IOException {
        try {
            return Transaction.run(database, connection -> ObjectUses.among(connection, tenant, digests));
        } catch (SQLException e) {
            throw new IOException("Which objects are in use cannot be told: " + e.getMessage(), e);
        }
    }
}
