package dev.accepted.gateway.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.estimates.QueueMonitor;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.store.queue.Pause;
import dev.accepted.store.queue.PauseTable;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Looks at the queues that job types are on, and at those that are paused. Blocking; safe for use by many threads. */
@Singleton
public class Queues {

    private static final Duration READ = Duration.ofSeconds(1);

    private final Catalog catalog;
    private final QueueMonitor monitor;
    private final LogReader reader;
    private final DataSource database;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();

    Queues(Catalog catalog, QueueMonitor monitor, LogReader reader, DataSource database, Clock clock) {
        this.catalog = catalog;
        this.monitor = monitor;
        this.reader = reader;
        this.database = database;
        this.clock = clock;
    }

    boolean isKnown(String queue) {
        return catalog.all().stream().anyMatch(type -> type.queue().equals(queue));
    }

    /** All of them as operators see them, by name. */
    public ArrayNode shown() throws SQLException {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        all(Transaction.run(database, PauseTable::all)).forEach(queue -> shown.add(queue.shown()));
        return shown;
    }

    private List<QueueStatus> all(List<Pause> pauses) {
        Map<String, Pause> paused = new HashMap<>();
        pauses.forEach(pause -> paused.put(pause.queue(), pause));
        Set<String> names =
                catalog.all().stream().map(JobTypeDescriptor::queue).collect(Collectors.toCollection(TreeSet::new));
        names.addAll(paused.keySet());
        List<QueueStatus> all = new ArrayList<>();
        for (String queue : names) {
            all.add(new QueueStatus(queue, monitor.flow(queue), oldest(queue), paused.get(queue)));
        }
        return all;
    }

    /** Of the commands that lie first in their partitions, how long the oldest has been in the log. */
    private Optional<Duration> oldest(String queue) {
        reading.lock();
        try {
            Instant now = clock.instant();
            return reader.read(monitor.heads(queue), READ).found().values().stream()
                    .mapToLong(ConsumerRecord::timestamp)
                    .min()
                    .stream()
                    .mapToObj(millis -> Duration.between(Instant.ofEpochMilli(millis), now))
                    .map(age -> age.isNegative() ? Duration.ZERO : age)
                    .findFirst();
        } finally {
            reading.unlock();
        }
    }
}
