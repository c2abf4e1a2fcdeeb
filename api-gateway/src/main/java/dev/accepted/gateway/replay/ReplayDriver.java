package dev.accepted.gateway.replay;

import dev.accepted.contract.id.Horizon;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.ReplayTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Takes the replays further that no other gateway drives. One that stops, or dies, leaves its replays to the others
 * within {@link #MINE}.
 */
@ApplicationScoped
class ReplayDriver {

    private static final Logger LOG = Logger.getLogger(ReplayDriver.class);
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration KEEP = Duration.ofSeconds(3);
    private static final Duration FORGET = Duration.ofHours(1);

    /** How long a replay stays with a gateway that is not heard of. */
    private static final Duration MINE = Duration.ofSeconds(15);

    private final UUID driver = UUID.randomUUID();
    private final DataSource database;
    private final PacedCourse paced;
    private final Strandings strandings;
    private final Reprojection reprojection;
    private final Clock clock;
    private final Horizon horizon;

    ReplayDriver(
            DataSource database,
            PacedCourse paced,
            Strandings strandings,
            Reprojection reprojection,
            Clock clock,
            GatewayConfig config) {
        this.database = database;
        this.paced = paced;
        this.strandings = strandings;
        this.reprojection = reprojection;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, this::drive);
        loops.every(KEEP, this::keep);
        loops.every(FORGET, this::forget);
    }

    private void drive() {
        try {
            List<Replay> mine = Transaction.run(database, connection -> ReplayTable.take(connection, driver, MINE));
            paced.forgetOthers(mine);
            mine.forEach(this::step);
        } catch (SQLException e) {
            LOG.debugf("Replays cannot be read now: %s", e.getMessage());
        }
    }

    private void step(Replay replay) {
        try {
            courseOf(replay).step(replay);
        } catch (SQLException | LogAway | ExecutionException | KafkaException e) {
            LOG.warnf("Replay %s is held up; tried again in %s: %s", replay.id(), PERIOD, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Course courseOf(Replay replay) {
        return switch (replay.mode()) {
            case FAILED, FORCE -> paced;
            case MISSING -> strandings;
            case PROJECT -> reprojection;
        };
    }

    private void keep() {
        try {
            Transaction.run(database, connection -> {
                ReplayTable.keep(connection, driver, MINE);
                return true;
            });
        } catch (SQLException e) {
            LOG.debugf("Replays cannot be kept now: %s", e.getMessage());
        }
    }

    private void forget() {
        try {
            Transaction.run(database, c -> ReplayTable.forget(c, horizon.at(clock.instant())));
        } catch (SQLException e) {
            LOG.warnf("Old replays cannot be forgotten; tried again in %s: %s", FORGET, e.getMessage());
        }
    }
}
