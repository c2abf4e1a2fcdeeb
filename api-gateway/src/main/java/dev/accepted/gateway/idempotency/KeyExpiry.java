package dev.accepted.gateway.idempotency;

import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.idempotency.IdempotencyTable;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Forgets keys whose time is over, a few thousand with each statement. */
@ApplicationScoped
class KeyExpiry {

    private static final Logger LOG = Logger.getLogger(KeyExpiry.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int MOST = 5_000;

    private final DataSource database;
    private final Loops loops;
    private final Duration kept;

    KeyExpiry(DataSource database, Loops loops, GatewayConfig config) {
        this.database = database;
        this.loops = loops;
        // A key must not outlive its job: what it stands for would be gone.
        Duration wanted = config.idempotency().kept();
        this.kept = wanted.compareTo(config.retention()) < 0 ? wanted : config.retention();
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, this::expire);
    }

    void expire() {
        try (Connection connection = database.getConnection()) {
            int removed = MOST;
            while (removed == MOST) {
                removed = IdempotencyTable.expire(connection, kept, MOST);
            }
        } catch (SQLException e) {
            LOG.warnf("Old idempotency keys cannot be removed; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }
}
