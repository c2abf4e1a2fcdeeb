package dev.accepted.gateway.projection;

import dev.accepted.store.job.ProjectionPositions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** How far the projection is, in the log's own terms. */
public final class FoldLag {

    private FoldLag() {}

    /** The next offset that it folds of each partition; without those of which it has folded nothing. */
    public static Map<TopicPartition, Long> positions(Connection connection) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        ProjectionPositions.read(connection)
                .forEach((partition, next) ->
                        positions.put(new TopicPartition(partition.topic(), partition.partition()), next));
        return positions;
    }

    /** How many records it has to fold to come to these ends. */
    public static long behind(Connection connection, Map<TopicPartition, Long> ends) throws SQLException {
        Map<TopicPartition, Long> folded = positions(connection);
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - folded.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
