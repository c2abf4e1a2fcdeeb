package dev.accepted.gateway.projection;

import dev.accepted.gateway.system.Loops;
import dev.accepted.store.partition.Partitions;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Makes the job table's partitions before their days come. */
@ApplicationScoped
class PartitionKeeper {

    private static final Logger LOG = Logger.getLogger(PartitionKeeper.class);
    private static final int DAYS_AHEAD = 7;
    private static final Duration PERIOD = Duration.ofHours(1);

    private final DataSource database;
    private final Clock clock;
    private final Loops loops;

    PartitionKeeper(DataSource database, Clock clock, Loops loops) {
        this.database = database;
        this.clock = clock;
        this.loops = loops;
    }

    // Before anything is folded: a row that went to the DEFAULT partition keeps its day from having its own.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent started) {
        keep();
        loops.every(PERIOD, this::keep);
    }

    private void keep() {
        try {
            Transaction.run(database, connection -> {
                Partitions.ensure(connection, clock.instant(), DAYS_AHEAD);
                return true;
            });
        } catch (SQLException e) {
            LOG.warnf("Partitions cannot be made; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }
}
