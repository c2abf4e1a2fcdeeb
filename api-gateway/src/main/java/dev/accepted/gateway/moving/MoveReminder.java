package dev.accepted.gateway.moving;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.timer.MovedTimers;
import dev.accepted.store.timer.MovedTimers.Moved;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
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
 * Writes again that jobs were moved whose gateway was killed in between, or could not reach Kafka. Nobody but this would
 * ever let such a job start.
 */
@ApplicationScoped
class MoveReminder {

    private static final Logger LOG = Logger.getLogger(MoveReminder.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int MOST = 100;

    private final DataSource database;
    private final LogWriter log;

    MoveReminder(DataSource database, LogWriter log) {
        this.database = database;
        this.log = log;
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, this::remind);
    }

    void remind() {
        try {
            Transaction.run(database, this::tellAgain);
        } catch (SQLException | IllegalStateException e) {
            LOG.warnf("Jobs that were moved cannot be watched; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    private int tellAgain(Connection connection) throws SQLException {
        List<Moved> untold = MovedTimers.lockUntold(connection, AGE, MOST);
        if (untold.isEmpty()) {
            return 0;
        }
        LOG.infof("%d jobs were moved and the log does not say so yet; it is written again", untold.size());
        List<UUID> jobs = untold.stream().map(Moved::job).toList();
        // Not locked: the fold locks a job before its timer, and this has the timer already.
        Map<UUID, JobState> states = JobTable.read(connection, jobs);
        List<Uni<Position>> tellings = new ArrayList<>();
        for (Moved moved : untold) {
            JobState state = states.get(moved.job());
            if (state != null) {
                tellings.add(log.append(MoveEvents.of(state, moved.to())));
            }
        }
        try {
            // The timers stay locked until the log has it, so that no later move gets in before this one.
            LogWriter.await(tellings, SEND);
        } catch (LogAway e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        MovedTimers.told(connection, jobs);
        return untold.size();
    }
}
