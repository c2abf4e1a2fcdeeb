package dev.accepted.e2e.run;

import dev.accepted.contract.log.Position;
import dev.accepted.e2e.Database;
import dev.accepted.e2e.history.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Reads the tables, as anybody with the password could. */
final class Table {

    private final Database database;

    Table(Database database) {
        this.database = database;
    }

    /** All jobs. */
    List<Row> jobs() throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM job")) {
            while (row.next()) {
                rows.add(read(row));
            }
        }
        return rows;
    }

    private static Row read(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        String topic = row.getString("command_topic");
        return new Row(
                row.getString("job_id"),
                row.getString("tenant"),
                row.getString("type"),
                row.getString("queue"),
                row.getString("status"),
                row.getInt("attempt"),
                row.getInt("version"),
                finished == null ? null : finished.toInstant(),
                row.getInt("dispatched"),
                topic == null
                        ? null
                        : new Position(topic, row.getInt("command_partition"), row.getLong("command_offset")),
                row.getLong("event_offset"),
                row.getInt("applied"),
                row.getInt("fenced"));
    }

    /** How many jobs have not ended. */
    int unfinished() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM job WHERE finished_at IS NULL")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** The next offset that the projection will fold, of each partition. */
    Map<TopicPartition, Long> folded() throws SQLException {
        Map<TopicPartition, Long> folded = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT topic, partition, next_offset FROM projection_position")) {
            while (row.next()) {
                folded.put(
                        new TopicPartition(row.getString("topic"), row.getInt("partition")),
                        row.getLong("next_offset"));
            }
        }
        return folded;
    }
}
