package dev.accepted.gateway.sweep;

import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.log.LogOffsets;
import dev.accepted.gateway.projection.FoldLag;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.store.job.JobCensus;
import dev.accepted.store.job.JobCensus.Taken;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds where the unfinished jobs are. Blocking, for seconds; for one thread at a time. */
@Dependent
class Whereabouts {

    private static final Pattern PROJECTED = Pattern.compile(Topics.PROJECTED);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** More than these are found by the next round. */
    private static final int MOST = 1_000;

    private final LogOffsets log;
    private final DataSource database;
    private final Clock clock;
    private final Horizon horizon;

    Whereabouts(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            DataSource database,
            Clock clock,
            GatewayConfig config) {
        this.log = new LogOffsets(kafka);
        this.database = database;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    @PreDestroy
    void close() {
        log.close();
    }

    /**
     * Looks, and what seems stranded is looked at again. Once is not enough: a timer is dropped, and a lease ended,
     * before the record that was written for it is folded.
     *
     * @param patience longest wait for the projection at each look
     * @throws FoldBehind if the projection does not come by in that time
     */
    Findings find(Duration patience) throws SQLException, ExecutionException, InterruptedException {
        Findings first = look(patience);
        return first.stranded().isEmpty() ? first : look(patience).confirming(first);
    }

    private Findings look(Duration patience) throws SQLException, ExecutionException, InterruptedException {
        // In this order: what is taken after this counts as waiting, and is found the next time.
        List<Taken> taken = taken();
        awaitFold(log.endsOfWhatIsLeft(log.partitions(log.topics(PROJECTED.asMatchPredicate()))), patience);
        UUID oldest = horizon.lowest(clock.instant());
        return Transaction.run(
                database,
                connection -> new Findings(
                        JobCensus.count(connection, taken, oldest),
                        JobCensus.stranded(connection, taken, oldest, MOST)));
    }

    private List<Taken> taken() throws ExecutionException, InterruptedException {
        Set<String> topics = log.topics(topic -> Topics.queueOf(topic).isPresent());
        Set<TopicPartition> partitions = log.partitions(topics);
        Map<TopicPartition, Long> begins = log.offsets(partitions, OffsetSpec.earliest());
        // Before the groups are asked: what comes after these ends may wait, whatever a group's lag says.
        Map<TopicPartition, Long> ends = log.offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, SharePartitionOffsetInfo> groups = log.taken(topics.stream()
                .map(topic -> Topics.queueOf(topic).orElseThrow())
                .toList());
        List<Taken> taken = new ArrayList<>();
        begins.forEach((partition, begin) -> taken.add(new Taken(
                partition.topic(),
                partition.partition(),
                firstWaiting(begin, ends.getOrDefault(partition, begin), groups.get(partition)))));
        return taken;
    }

    /**
     * The broker writes a group's start offset down with the next acknowledgement: until another record comes, it stays
     * before the last ones that were accepted or archived. That none of them waits is to be seen from the lag alone.
     */
    private static long firstWaiting(long begin, long end, @Nullable SharePartitionOffsetInfo group) {
        if (group == null) {
            return begin;
        }
        boolean nothingWaits = group.lag().filter(lag -> lag == 0).isPresent();
        return Math.max(begin, nothingWaits ? end : group.startOffset());
    }

    private void awaitFold(Map<TopicPartition, Long> ends, Duration patience)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long behind = behind(ends);
        while (behind > 0) {
            if (System.nanoTime() > deadline) {
                throw new FoldBehind(behind);
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            behind = behind(ends);
        }
    }

    private long behind(Map<TopicPartition, Long> ends) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return FoldLag.behind(connection, ends);
        }
    }
}
