package dev.accepted.gateway.dead;

import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.LogOffsets;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.store.dead.SettledDeadTable;
import dev.accepted.store.dead.Settlement;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code jobs.dead}, which has one partition. Blocking; safe for use by many threads. */
@Singleton
public class DeadRecords {

    private static final int SHOWN = 20;
    private static final int WINDOW = 500;
    private static final Duration READ = Duration.ofSeconds(5);
    private static final TopicPartition DEAD = new TopicPartition(Topics.DEAD, 0);

    private final LogOffsets offsets;
    private final LogReader reader;
    private final DataSource database;
    private final ReentrantLock reading = new ReentrantLock();

    DeadRecords(@Identifier("default-kafka-broker") Map<String, Object> kafka, LogReader reader, DataSource database) {
        this.offsets = new LogOffsets(kafka);
        this.reader = reader;
        this.database = database;
    }

    @PreDestroy
    void close() {
        offsets.close();
    }

    /** From where to where the topic goes. */
    private record Extent(long begin, long end) {}

    /**
     * A page of them, newest first.
     *
     * @param next what comes after it is below that offset; negative if nothing does
     */
    record Page(List<DeadRecord> records, long next) {}

    /** How many nobody has settled, and the last of them, newest first. */
    public record Summary(long total, List<Line> last) {}

    /** One of them, in short. */
    public record Line(String time, String reason, String from, String at) {}

    /** How they stand now. */
    public Summary look() throws SQLException, ExecutionException, InterruptedException {
        Extent extent = extent();
        long settled =
                Transaction.run(database, connection -> SettledDeadTable.count(connection, extent.begin, extent.end));
        List<Line> last = page(extent.end, SHOWN, false).records().stream()
                .map(DeadRecord::shown)
                .map(shown -> new Line(
                        shown.path("time").asText(),
                        shown.path("reason").asText(),
                        shown.path("from").asText(),
                        DEAD.topic() + "/" + DEAD.partition() + "/"
                                + shown.path("offset").asText()))
                .toList();
        return new Summary(extent.end - extent.begin - settled, last);
    }

    /** Those below an offset, newest first: all, or those that nobody has settled. */
    Page page(long before, int most, boolean settledToo) throws SQLException, ExecutionException, InterruptedException {
        Extent extent = extent();
        List<DeadRecord> page = new ArrayList<>();
        long end = Math.min(before, extent.end);
        while (end > extent.begin && page.size() < most) {
            long begin = Math.max(extent.begin, end - WINDOW);
            for (DeadRecord record : window(begin, end, most - page.size(), settledToo)) {
                page.add(record);
            }
            end = begin;
        }
        long last = page.isEmpty() ? extent.begin : page.get(page.size() - 1).offset();
        return new Page(page, page.size() == most && last > extent.begin ? last : -1);
    }

    /** One of them, settled or not; empty if nothing lies there. */
    Optional<DeadRecord> find(long offset) throws SQLException {
        Optional<Settlement> settlement =
                Transaction.run(database, connection -> SettledDeadTable.of(connection, offset));
        return read(List.of(new Position(DEAD.topic(), DEAD.partition(), offset))).stream()
                .findFirst()
                .map(record -> new DeadRecord(record, settlement.orElse(null)));
    }

    private List<DeadRecord> window(long begin, long end, int most, boolean settledToo) throws SQLException {
        Map<Long, Settlement> settled =
                Transaction.run(database, connection -> SettledDeadTable.between(connection, begin, end));
        List<Position> wanted = new ArrayList<>();
        for (long offset = end - 1; offset >= begin && wanted.size() < most; offset--) {
            if (settledToo || !settled.containsKey(offset)) {
                wanted.add(new Position(DEAD.topic(), DEAD.partition(), offset));
            }
        }
        return read(wanted).stream()
                .map(record -> new DeadRecord(record, settled.get(record.offset())))
                .sorted(Comparator.comparingLong(DeadRecord::offset).reversed())
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> read(List<Position> places) {
        reading.lock();
        try {
            return List.copyOf(reader.read(places, READ).found().values());
        } finally {
            reading.unlock();
        }
    }

    private Extent extent() throws ExecutionException, InterruptedException {
        reading.lockInterruptibly();
        try {
            Map<TopicPartition, Long> begins = offsets.offsets(Set.of(DEAD), OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets.offsets(Set.of(DEAD), OffsetSpec.latest());
            return new Extent(begins.getOrDefault(DEAD, 0L), ends.getOrDefault(DEAD, 0L));
        } finally {
            reading.unlock();
        }
    }
}
