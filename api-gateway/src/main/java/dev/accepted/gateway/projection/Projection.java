package dev.accepted.gateway.projection;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes each polled batch of the log and folds it, however long PostgreSQL makes it wait. A record that it refuses goes
 * to {@code jobs.dead} and stops nobody.
 */
@ApplicationScoped
public class Projection {

    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Folder folder;
    private final DeadLetters dead;
    private final IdSeal seal;
    private final Pulse pulse;
    private final Clock clock;
    private final Horizon horizon;

    Projection(Folder folder, DeadLetters dead, IdSeal seal, Pulse pulse, Clock clock, GatewayConfig config) {
        this.folder = folder;
        this.dead = dead;
        this.seal = seal;
        this.pulse = pulse;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    @Incoming("log")
    @Blocking
    void take(ConsumerRecords<String, byte[]> polled) throws InterruptedException {
        List<Polled> records = new ArrayList<>(polled.count());
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : polled) {
            next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
            try {
                LogEntry entry = LogEntry.read(record, seal);
                // The log may be older than the table, or be read again from its beginning: the purged stays so.
                if (!horizon.hasPassed(entry.job(), clock.instant())) {
                    records.add(new Polled(entry, record));
                }
            } catch (Undecodable e) {
                dead.bury(record, String.valueOf(e.getMessage()));
            }
        }
        foldWhole(records, next);
    }

    /** A record and what it says. */
    private record Polled(LogEntry entry, ConsumerRecord<String, byte[]> record) {}

    /** Folds what can be folded, in the log's order; what cannot is found by halving. */
    private void foldWhole(List<Polled> records, Map<TopicPartition, Long> next) throws InterruptedException {
        try {
            foldUntilReached(records, next);
        } catch (Unfoldable e) {
            if (records.size() == 1) {
                dead.bury(records.get(0).record(), e.reason());
                foldUntilReached(List.of(), next);
            } else {
                int half = records.size() / 2;
                // Positions move with the last part: a gateway that stops in between folds the whole batch again.
                foldWhole(records.subList(0, half), Map.of());
                foldWhole(records.subList(half, records.size()), next);
            }
        }
    }

    /** @throws Unfoldable if the records are to blame; where PostgreSQL is away this waits for it */
    private void foldUntilReached(List<Polled> records, Map<TopicPartition, Long> next) throws InterruptedException {
        List<LogEntry> entries = records.stream().map(Polled::entry).toList();
        boolean complained = false;
        while (true) {
            try {
                Collection<Folder.Change> changes = folder.fold(entries, next);
                pulse.folded(changes);
                if (complained) {
                    LOG.info("The fold goes on");
                }
                return;
            } catch (SQLException e) {
                Unfoldable.throwIfToBlame(entries, e);
                if (!complained) {
                    LOG.warnf(
                            "%d records cannot be folded and are tried again every %s: %s",
                            entries.size(), PAUSE, e.getMessage());
                }
                complained = true;
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }
}
