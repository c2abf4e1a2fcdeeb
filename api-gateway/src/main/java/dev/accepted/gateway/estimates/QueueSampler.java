package dev.accepted.gateway.estimates;

import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.estimates.QueueSample.Span;
import dev.accepted.store.lease.WorkerTable;
import dev.accepted.store.lease.WorkerTable.Pool;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;

/** Takes one sample of all queues. Blocking; for one thread. */
@Singleton
class QueueSampler implements AutoCloseable {

    /** A sample is read in several requests; if the queues moved meanwhile it is read once more. */
    private static final int TRIES = 2;

    private final QueueOffsets offsets;
    private final DataSource database;

    QueueSampler(@Identifier("default-kafka-broker") Map<String, Object> kafka, DataSource database) {
        this.offsets = new QueueOffsets(kafka);
        this.database = database;
    }

    /** Samples these queues; a queue whose topic is not there yet is not in the answer. */
    Map<String, QueueSample> sample(Set<String> queues) throws SQLException, ExecutionException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Map<String, Pool> before = pools();
            Map<TopicPartition, Span> spans = offsets.spans(queues);
            Map<String, Pool> pools = pools();
            // A job that was taken in between would count twice: among those that wait and those that run.
            if (attempt == TRIES || before.equals(pools)) {
                return byQueue(spans, pools);
            }
        }
    }

    private Map<String, Pool> pools() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return WorkerTable.pools(connection);
        }
    }

    private static Map<String, QueueSample> byQueue(Map<TopicPartition, Span> spans, Map<String, Pool> pools) {
        Map<String, Map<Integer, Span>> grouped = new HashMap<>();
        spans.forEach((partition, span) -> grouped.computeIfAbsent(
                        Topics.queueOf(partition.topic()).orElseThrow(), queue -> new HashMap<>())
                .put(partition.partition(), span));
        Map<String, QueueSample> samples = new HashMap<>();
        grouped.forEach((queue, own) ->
                samples.put(queue, new QueueSample(Map.copyOf(own), pools.getOrDefault(queue, Pool.NONE))));
        return samples;
    }

    @Override
    public void close() {
        offsets.close();
    }
}
