package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.Horizon;
import dev.accepted.gateway.projection.FoldLag;
import dev.accepted.gateway.projection.Refold;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.shadow.ShadowSchema;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.upkeep.Upkeep.Status;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares the live tables with what the log makes, both as they are at one moment.
 *
 * <p>What differs is looked at once more, when the table is past all that the log had at the first look: a timer is dropped
 * before the command that it was there for is folded.
 */
@Singleton
class Verification implements Task {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Refold refold;
    private final EventPartitions events;
    private final Clock clock;
    private final Horizon horizon;

    Verification(Refold refold, EventPartitions events, Clock clock, GatewayConfig config) {
        this.refold = refold;
        this.events = events;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    @Override
    public Ended perform(Run run, Connection session, WholeLog log) throws SQLException, InterruptedException {
        Filling filling = new Filling(session, log, refold, events, run);
        long unchecked = filling.begin(ShadowSchema.Purpose.COMPARISON, lowest(), clock.instant());
        run.at(Stage.FOLDING);
        filling.catchUp();
        run.at(Stage.COMPARING);
        Findings found = look(filling, session, connection -> Findings.all(connection, lowest(), run));
        ShownDifferences shown = new ShownDifferences(events);
        if (!found.isClean()) {
            run.at(Stage.CONFIRMING);
            awaitTable(session, log.ends(), run);
            filling.catchUp();
            Findings suspected = found;
            found = look(filling, session, connection -> {
                Findings confirmed = suspected.confirmed(connection);
                shown.read(connection, confirmed);
                return confirmed;
            });
        }
        ObjectNode result = shown.of(found).put("out_of_reach", unchecked);
        return new Ended(found.isClean() ? Status.SUCCEEDED : Status.DIFFERS, result);
    }

    private UUID lowest() {
        return horizon.lowest(clock.instant());
    }

    /** Looks at both tables at one moment; both are equally far in the log. */
    private static Findings look(Filling filling, Connection session, Transaction.Work<Findings> look)
            throws SQLException {
        return Transaction.snapshot(session, connection -> {
            ShadowSchema.enter(connection);
            filling.arrive(connection, PATIENCE);
            return look.with(connection);
        });
    }

    private static void awaitTable(Connection session, Map<TopicPartition, Long> ends, Run run)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long behind = FoldLag.behind(session, ends);
        while (behind > 0) {
            run.requireGoing();
            if (System.nanoTime() > deadline) {
                throw new Halted(
                        Status.FAILED,
                        "The projection has " + behind + " records to fold before anything can be said of what seems to"
                                + " differ. Nothing was changed; it can be started again.");
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            behind = FoldLag.behind(session, ends);
        }
    }
}
