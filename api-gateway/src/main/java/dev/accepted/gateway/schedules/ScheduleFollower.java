package dev.accepted.gateway.schedules;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.log.Topics;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.catalog.TopicKeeper;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.schedule.ScheduleTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code jobs.schedules} and makes the table what it says. Every gateway does; a record is folded by whichever
 * comes first, once, for the position moves in the transaction that folds.
 */
@ApplicationScoped
class ScheduleFollower {

    private static final Logger LOG = Logger.getLogger(ScheduleFollower.class);
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SCHEDULES, 0);
    private static final ProjectionPositions.TopicPartition POSITION =
            new ProjectionPositions.TopicPartition(Topics.SCHEDULES, 0);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 500;

    private final Map<String, Object> kafka;
    private final TopicKeeper topics;
    private final DataSource database;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ConcurrentSkipListMap<Long, CompletableFuture<Void>> waiting = new ConcurrentSkipListMap<>();
    private volatile long next;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    ScheduleFollower(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            TopicKeeper topics,
            DataSource database,
            Clock clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.database = database;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        var unused = topics.kept().thenRun(() -> {
            Thread thread = new Thread(this::follow, "schedule-follower");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** Done once the record at that offset is folded, by whomever. */
    CompletableFuture<Void> folded(long offset) {
        CompletableFuture<Void> done = waiting.computeIfAbsent(offset, at -> new CompletableFuture<>());
        if (next > offset) {
            done.complete(null);
            waiting.remove(offset, done);
        }
        return done.copy();
    }

    private void follow() {
        while (stopped.getCount() > 0) {
            try {
                readAndFollow();
            } catch (WakeupException | InterruptException e) {
                return;
            } catch (KafkaException | SQLException e) {
                LOG.warnf("Following %s broke off (%s); beginning again in %d ms", Topics.SCHEDULES, e, PAUSE_MILLIS);
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    private void readAndFollow() throws SQLException {
        try (Consumer<String, byte[]> reader = new KafkaConsumer<>(settings())) {
            consumer = reader;
            reader.assign(List.of(PARTITION));
            seek(reader);
            while (stopped.getCount() > 0) {
                ConsumerRecords<String, byte[]> records = reader.poll(POLL);
                if (!records.isEmpty()) {
                    reached(fold(database, records.records(PARTITION), clock.instant()));
                }
            }
        } finally {
            consumer = null;
        }
    }

    private void seek(Consumer<String, byte[]> reader) throws SQLException {
        OptionalLong stored = Transaction.run(database, connection -> ProjectionPositions.read(connection, POSITION));
        if (stored.isPresent()) {
            reader.seek(PARTITION, stored.getAsLong());
            reached(stored.getAsLong());
        } else {
            reader.seekToBeginning(List.of(PARTITION));
        }
    }

    private void reached(long offset) {
        next = offset;
        Map<Long, CompletableFuture<Void>> past = waiting.headMap(offset);
        past.values().forEach(done -> done.complete(null));
        past.clear();
    }

    /** Folds records; gives the offset that is next. */
    static long fold(DataSource database, List<ConsumerRecord<String, byte[]>> records, Instant now)
            throws SQLException {
        long end = records.get(records.size() - 1).offset() + 1;
        Transaction.run(database, connection -> {
            ScheduleTable.lockView(connection);
            long begin = ProjectionPositions.read(connection, POSITION).orElse(0);
            for (ConsumerRecord<String, byte[]> record : records) {
                if (record.offset() >= begin) {
                    fold(connection, record, now);
                }
            }
            ProjectionPositions.save(connection, Map.of(POSITION, end));
            return true;
        });
        return end;
    }

    private static void fold(Connection connection, ConsumerRecord<String, byte[]> record, Instant now)
            throws SQLException {
        try {
            Schedule.Key key = Schedule.Key.read(record.key());
            if (record.value() == null) {
                ScheduleTable.remove(connection, key);
                return;
            }
            put(connection, Schedule.read(key, record.value()), record, now);
        } catch (Undecodable e) {
            LOG.errorf(
                    "The record at offset %d of %s is passed over: %s",
                    record.offset(), record.topic(), e.getMessage());
        }
    }

    private static void put(Connection connection, Schedule schedule, ConsumerRecord<String, byte[]> at, Instant now)
            throws SQLException {
        Instant next = null;
        String error = null;
        try {
            next = Recurrence.of(schedule.cron(), schedule.zone()).after(now).orElse(null);
        } catch (IllegalArgumentException e) {
            error = "It cannot fire: " + e.getMessage();
        }
        ScheduleTable.put(connection, schedule, at.offset(), Instant.ofEpochMilli(at.timestamp()), next, error);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "schedule-follower");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
        Consumer<String, byte[]> reader = consumer;
        if (reader != null) {
            reader.wakeup();
        }
    }
}
