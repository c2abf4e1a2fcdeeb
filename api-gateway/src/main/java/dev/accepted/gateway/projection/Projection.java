package dev.accepted.gateway.projection;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
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

/** Takes each polled batch of the log and folds it, however long PostgreSQL makes it wait. */
@ApplicationScoped
public class Projection {

    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Folder folder;
    private final DeadLetters dead;
    private final IdSeal seal;
    private final Pulse pulse;

    Projection(Folder folder, DeadLetters dead, IdSeal seal, Pulse pulse) {
        this.folder = folder;
        this.dead = dead;
        this.seal = seal;
        this.pulse = pulse;
    }

    @Incoming("log")
    @Blocking
    void take(ConsumerRecords<String, byte[]> polled) throws InterruptedException {
        List<LogEntry> entries = new ArrayList<>(polled.count());
        Map<TopicPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : polled) {
            next.merge(new TopicPartition(record.topic(), record.partition()), record.offset() + 1, Math::max);
            try {
                entries.add(LogEntry.read(record, seal));
            } catch (Undecodable e) {
                dead.bury(record, String.valueOf(e.getMessage()));
            }
        }
        foldUntilDone(entries, next);
    }

    private void foldUntilDone(List<LogEntry> entries, Map<TopicPartition, Long> next) throws InterruptedException {
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
