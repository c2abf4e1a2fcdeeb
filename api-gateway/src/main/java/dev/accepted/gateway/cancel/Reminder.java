package dev.accepted.gateway.cancel;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.Stop;
import dev.accepted.store.lease.StopTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Writes again what was to be written when a job was stopped and did not come: the gateway was killed in between, or
 * Kafka was away. Nobody but this would ever end such a job.
 */
@ApplicationScoped
class Reminder {

    private static final Logger LOG = Logger.getLogger(Reminder.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int MOST = 500;

    private final DataSource database;
    private final LogWriter log;
    private final Loops loops;

    Reminder(DataSource database, LogWriter log, Loops loops) {
        this.database = database;
        this.log = log;
        this.loops = loops;
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, this::remind);
    }

    private void remind() {
        try {
            List<Told> told = Transaction.run(database, Reminder::pick);
            if (!told.isEmpty()) {
                LOG.infof("%d jobs were stopped and the log does not say so yet; it is written again", told.size());
                LogWriter.await(
                        told.stream()
                                .map(t -> log.append(StopEvents.of(t.stop(), t.state())))
                                .toList(),
                        SEND);
            }
        } catch (SQLException | LogAway e) {
            LOG.warnf("Stopped jobs cannot be watched; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    private record Told(Stop stop, JobState state) {}

    private static List<Told> pick(Connection connection) throws SQLException {
        List<Stop> stops = StopTable.remind(connection, AGE, MOST);
        Map<UUID, JobState> states =
                JobTable.read(connection, stops.stream().map(Stop::job).toList());
        List<Told> told = new ArrayList<>();
        List<Held> over = new ArrayList<>();
        for (Stop stop : stops) {
            JobState state = states.get(stop.job());
            if (state != null && !state.status().done()) {
                told.add(new Told(stop, state));
            } else {
                over.add(new Held(stop.job(), Integer.MAX_VALUE));
            }
        }
        LeaseTable.end(connection, over);
        return told;
    }
}
