package dev.accepted.gateway.upkeep;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.projection.FoldLag;
import dev.accepted.gateway.projection.LogEntry;
import dev.accepted.gateway.projection.Refold;
import dev.accepted.gateway.watching.EventPartitions;
import dev.accepted.store.shadow.Carried;
import dev.accepted.store.shadow.Carried.Traces;
import dev.accepted.store.shadow.ShadowSchema;
import dev.accepted.store.transaction.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** Fills the shadow from the log, never further than the live table is. For one thread. */
final class Filling {

    /** So few records are folded while everybody else waits, or in the transaction that compares. */
    private static final int NEAR = 1_000;

    private static final int BATCH = 5_000;
    private static final int CARRIED = 5_000;

    private final Connection session;
    private final WholeLog log;
    private final Refold refold;
    private final EventPartitions events;
    private final Run run;
    private Map<TopicPartition, Long> committed = Map.of();

    Filling(Connection session, WholeLog log, Refold refold, EventPartitions events, Run run) {
        this.session = session;
        this.log = log;
        this.refold = refold;
        this.events = events;
        this.run = run;
    }

    /** Runs something in a transaction whose statements go to the shadow. */
    <T> T inShadow(Transaction.Work<T> work) throws SQLException {
        return Transaction.run(session, connection -> {
            ShadowSchema.enter(connection);
            return work.with(connection);
        });
    }

    /**
     * Makes the shadow, with the rows of those jobs of which the log has lost something: upon them the rest is folded.
     *
     * @param lowest the lowest id that is kept
     * @return how many jobs those are
     */
    long begin(ShadowSchema.Purpose purpose, UUID lowest, Instant now) throws SQLException {
        Transaction.run(session, connection -> {
            ShadowSchema.make(connection, purpose);
            return true;
        });
        Reach reach = log.reach();
        if (reach.isWhole()) {
            return 0;
        }
        UUID before = UuidV7.lowest(reach.lostBefore(now));
        // Rows and timers as they are at one moment.
        return Transaction.snapshot(session, connection -> carry(connection, reach, lowest, before));
    }

    private long carry(Connection connection, Reach reach, UUID lowest, UUID before) throws SQLException {
        long carried = 0;
        UUID after = lowest;
        List<Traces> page;
        do {
            run.requireGoing();
            page = Carried.traces(connection, after, before, CARRIED);
            List<UUID> lost = page.stream()
                    .filter(job -> !reach.covers(job, events))
                    .map(job -> job.job().uuid())
                    .toList();
            Carried.copy(connection, lost);
            carried += lost.size();
            after = page.isEmpty() ? after : page.get(page.size() - 1).job().uuid();
        } while (page.size() == CARRIED);
        return carried;
    }

    /** Folds until nearly everything is folded that the live table has folded by then. */
    void catchUp() throws SQLException {
        log.readTo(FoldLag.positions(session));
        do {
            fold(
                    batch -> inShadow(connection -> {
                        refold.fold(connection, batch);
                        return true;
                    }),
                    () -> {});
            log.readTo(FoldLag.positions(session));
        } while (log.left() > NEAR);
    }

    /**
     * Folds, within a transaction, to exactly where the live table is for that transaction. If that is rolled back, {@link
     * #goBack} comes next.
     *
     * @throws Late if that takes longer than others can be let wait
     */
    void arrive(Connection connection, Duration patience) throws SQLException {
        long deadline = System.nanoTime() + patience.toNanos();
        committed = log.places();
        log.readTo(FoldLag.positions(connection));
        fold(batch -> refold.fold(connection, batch), () -> {
            if (System.nanoTime() > deadline) {
                throw new Late();
            }
        });
    }

    /** The transaction that {@link #arrive} was called in was rolled back, and with it what it folded. */
    void goBack() {
        log.goBack(committed);
    }

    /** What takes a batch in. */
    private interface Taking {
        void take(List<LogEntry> batch) throws SQLException;
    }

    private void fold(Taking taking, Runnable between) throws SQLException {
        List<LogEntry> batch = new ArrayList<>();
        while (log.left() > 0) {
            run.requireGoing();
            between.run();
            List<LogEntry> into = batch;
            log.take(record -> refold.read(record).ifPresent(into::add));
            if (batch.size() >= BATCH || log.left() == 0) {
                if (!batch.isEmpty()) {
                    taking.take(batch);
                }
                batch = new ArrayList<>();
            }
            run.read(log.read(), log.read() + log.left());
        }
    }
}
