package dev.accepted.store.job;

import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** How far the projection has folded each partition of the log; written in the transaction that folds. */
public final class ProjectionPositions {

    private static final String SAVE = """
            INSERT INTO projection_position (topic, partition, next_offset)
            SELECT topic, partition, next_offset FROM unnest(?, ?, ?) AS b(topic, partition, next_offset)
            ORDER BY topic, partition
            ON CONFLICT (topic, partition) DO UPDATE
            SET next_offset = greatest(projection_position.next_offset, excluded.next_offset)""";

    private static final List<Column<Map.Entry<TopicPartition, Long>>> COLUMNS = List.of(
            Column.text(e -> e.getKey().topic()),
            Column.integer(e -> e.getKey().partition()),
            Column.bigint(Map.Entry::getValue));

    /** A partition of a topic. */
    public record TopicPartition(String topic, int partition) {}

    private ProjectionPositions() {}

    /** Remembers the next offset to fold of each partition; a position never goes back. */
    public static void save(Connection connection, Map<TopicPartition, Long> next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
            Column.bind(statement, 1, COLUMNS, new ArrayList<>(next.entrySet()));
            statement.executeUpdate();
        }
    }

    /** All positions. */
    public static Map<TopicPartition, Long> read(Connection connection) throws SQLException {
        Map<TopicPartition, Long> positions = new HashMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT topic, partition, next_offset FROM projection_position");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
            }
        }
        return positions;
    }

    /** The next offset to fold of one partition, if any of it was folded. */
    public static OptionalLong read(Connection connection, TopicPartition of) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT next_offset FROM projection_position WHERE topic = ? AND partition = ?")) {
            statement.setString(1, of.topic());
            statement.setInt(2, of.partition());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
