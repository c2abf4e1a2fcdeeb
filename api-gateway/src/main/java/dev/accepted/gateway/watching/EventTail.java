package dev.accepted.gateway.watching;

import dev.accepted.contract.log.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ends of those partitions of {@code jobs.events} that somebody needs, on one thread, which rests while nobody
 * needs any. A partition is read a little longer than it is needed: who asks again and again finds it there.
 */
@Singleton
class EventTail {

    private static final Logger LOG = Logger.getLogger(EventTail.class);

    /** Also how long a partition that is new waits until those that are read already have been asked for. */
    private static final Duration POLL = Duration.ofMillis(20);

    private static final int LONGEST_WAIT_AT_THE_END_MILLIS = 50;
    private static final long PAUSE_MILLIS = 500;
    private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();

    /** What is told of the log. */
    interface Listener {

        /** A record that lies at the place of its partition or behind it. Must be quick. */
        void appended(ConsumerRecord<String, byte[]> record);

        /** Records below that offset may have been passed over. */
        void skipped(int partition, long offset);
    }

    private final Map<String, Object> kafka;
    private final Map<Integer, Seat> seats = new TreeMap<>();
    private final Set<Integer> assigned = new TreeSet<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean stopped;
    private @Nullable Consumer<String, byte[]> consumer;

    EventTail(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** Has this called, too, with each record, on the tail's thread. */
    void tell(Listener to) {
        listeners.add(to);
    }

    /** Asks for a partition to be read, until {@link #leave}. */
    synchronized Seat join(int partition) {
        Seat seat = seats.computeIfAbsent(partition, none -> new Seat());
        seat.enter();
        if (thread == null && !stopped) {
            thread = new Thread(this::run, "event-tail");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
        return seat;
    }

    synchronized void leave(int partition) {
        Seat seat = seats.get(partition);
        if (seat != null) {
            seat.leave(System.nanoTime());
        }
    }

    /** The partitions that are read now. */
    synchronized Set<Integer> read() {
        return Set.copyOf(seats.keySet());
    }

    private void run() {
        try {
            while (goesOn()) {
                Map<Integer, Seat> wanted = wanted();
                if (wanted.isEmpty()) {
                    close();
                    awaitSeats();
                } else {
                    turn(wanted);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debug("Stopped");
        } finally {
            close();
        }
    }

    private synchronized boolean goesOn() {
        return !stopped;
    }

    private synchronized Map<Integer, Seat> wanted() {
        long now = System.nanoTime();
        seats.values().removeIf(seat -> seat.isEmptySince(LINGER_NANOS, now));
        return new TreeMap<>(seats);
    }

    private synchronized void awaitSeats() throws InterruptedException {
        while (seats.isEmpty() && !stopped) {
            wait();
        }
    }

    private void turn(Map<Integer, Seat> wanted) throws InterruptedException {
        try {
            Consumer<String, byte[]> reader = open();
            if (!assigned.equals(wanted.keySet()) || !wanted.values().stream().allMatch(Seat::isTaken)) {
                assign(reader, wanted);
            }
            hand(reader.poll(POLL), wanted);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().keySet().forEach(lost -> jumpToEnd(lost, wanted));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warnf("Following %s broke off (%s); it goes on in %d ms", Topics.EVENTS, e, PAUSE_MILLIS);
            close();
            var unused = stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private Consumer<String, byte[]> open() {
        Consumer<String, byte[]> reader = consumer;
        if (reader == null) {
            reader = new KafkaConsumer<>(settings());
            consumer = reader;
        }
        return reader;
    }

    private void assign(Consumer<String, byte[]> reader, Map<Integer, Seat> wanted) {
        reader.assign(wanted.keySet().stream().map(EventTail::events).toList());
        List<TopicPartition> fresh = wanted.entrySet().stream()
                .filter(seat -> !seat.getValue().isTaken())
                .map(seat -> events(seat.getKey()))
                .toList();
        Map<TopicPartition, Long> ends = fresh.isEmpty() ? Map.of() : reader.endOffsets(fresh);
        wanted.forEach((partition, seat) -> {
            long next = seat.isTaken() ? seat.next() : ends.getOrDefault(events(partition), 0L);
            if (!assigned.contains(partition)) {
                reader.seek(events(partition), next);
            }
            seat.goOnAt(next);
        });
        assigned.clear();
        assigned.addAll(wanted.keySet());
    }

    /** What lay there is gone: deleted with the retention, or lost with a broker. */
    private void jumpToEnd(TopicPartition lost, Map<Integer, Seat> wanted) {
        Consumer<String, byte[]> reader = open();
        long end = reader.endOffsets(List.of(lost)).getOrDefault(lost, 0L);
        LOG.warnf("%s has not what was to be read next; it goes on at %d", lost, end);
        reader.seek(lost, end);
        Seat seat = wanted.get(lost.partition());
        if (seat != null) {
            seat.goOnAt(end);
            listeners.forEach(to -> to.skipped(lost.partition(), end));
        }
    }

    private void hand(ConsumerRecords<String, byte[]> polled, Map<Integer, Seat> wanted) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<String, byte[]>> records = polled.records(partition);
            Seat seat = wanted.get(partition.partition());
            if (seat != null) {
                // Before they are handed out: who asks in between must not think that it will get them.
                seat.goOnAt(records.get(records.size() - 1).offset() + 1);
                records.forEach(record -> listeners.forEach(to -> hand(record, to)));
            }
        }
    }

    private static void hand(ConsumerRecord<String, byte[]> record, Listener to) {
        try {
            to.appended(record);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s/%d/%d could not be told", record.topic(), record.partition(), record.offset());
        }
    }

    private static TopicPartition events(int partition) {
        return new TopicPartition(Topics.EVENTS, partition);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "event-tail");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_WAIT_AT_THE_END_MILLIS);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private void close() {
        assigned.clear();
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
            consumer = null;
        }
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        stopping.countDown();
        notifyAll();
    }
}
