package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.Horizon;
import dev.accepted.gateway.projection.Refold;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.shadow.ShadowSchema;
import dev.accepted.store.shadow.Swap;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.upkeep.Upkeep.Status;
import dev.accepted.store.upkeep.UpkeepTable;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Fills new tables from the log, and puts them in the place of the live ones. */
@Singleton
class Rebuild implements Task {

    private static final Logger LOG = Logger.getLogger(Rebuild.class);

    /** Everybody else waits behind a lock that is waited for; shorter than PostgreSQL takes to look for deadlocks. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** For the last records, while nobody folds: Kafka may be away. */
    private static final Duration READING = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 120;

    private final Refold refold;
    private final EventPartitions events;
    private final Clock clock;
    private final Horizon horizon;

    Rebuild(Refold refold, EventPartitions events, Clock clock, GatewayConfig config) {
        this.refold = refold;
        this.events = events;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    @Override
    public Ended perform(Run run, Connection session, WholeLog log) throws SQLException, InterruptedException {
        Filling filling = new Filling(session, log, refold, events, run);
        UUID lowest = horizon.lowest(clock.instant());
        long carried = filling.begin(ShadowSchema.Purpose.SWAP, lowest, clock.instant());
        run.at(Stage.FOLDING);
        filling.catchUp();
        run.at(Stage.INDEXING);
        Transaction.run(session, connection -> {
            ShadowSchema.complete(connection);
            return true;
        });
        run.at(Stage.SWAPPING);
        long jobs = ShadowSchema.jobs(session, lowest);
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("jobs", jobs).put("carried_over", carried);
        return swap(run, filling, result);
    }

    private static Ended swap(Run run, Filling filling, ObjectNode result) throws SQLException, InterruptedException {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            run.requireGoing();
            filling.catchUp();
            try {
                return filling.inShadow(connection -> swapNow(run, connection, filling, result));
            } catch (Late e) {
                filling.goBack();
                LOG.infof(
                        "The last records cannot be read now; the tables are swapped in %s, if they can be then",
                        PAUSE);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (SQLException e) {
                if (!Swap.isInUse(e)) {
                    throw e;
                }
                filling.goBack();
                LOG.infof("The tables are in use; they are swapped in %s, if they are not then", PAUSE);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
        throw new Halted(
                Status.FAILED,
                "The table was in use at each of " + MOST_TRIES
                        + " tries, by a query that takes long or a dump. Nothing"
                        + " was changed; it can be started again when that is over.");
    }

    private static Ended swapNow(Run run, Connection connection, Filling filling, ObjectNode result)
            throws SQLException {
        Swap.block(connection, PATIENCE);
        long blocked = System.nanoTime();
        if (!UpkeepTable.hold(connection, run.id())) {
            throw new Halted(Status.FAILED, "It was not heard of for too long and counts as failed.");
        }
        filling.arrive(connection, READING);
        Swap.exchange(connection);
        Ended ended = new Ended(
                Status.SUCCEEDED,
                result.put(
                        "blocked_millis",
                        Duration.ofNanos(System.nanoTime() - blocked).toMillis()));
        // With the swap, or not at all.
        UpkeepTable.finish(connection, run.id(), ended.as(), result.toString());
        return ended;
    }
}
