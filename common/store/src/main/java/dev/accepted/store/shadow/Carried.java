package dev.accepted.store.shadow;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.log.Position;
import dev.accepted.store.batch.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings rows of the live tables into the shadow as they are: those whose records the log has no more, or not all. */
public final class Carried {

    private static final String OLD = """
            SELECT id, job_id, command_topic, command_partition, command_offset, event_offset FROM public.job
            WHERE id > ? AND id < ? ORDER BY id LIMIT ?""";

    private static final List<Column<UUID>> IDS = List.of(Column.uuid(id -> id));

    /**
     * Where the log has a job's last records, by its row.
     *
     * @param command of the attempt that was sent last; null if none is known
     * @param event offset of the last event; negative if there was none
     */
    public record Traces(JobId job, @Nullable Position command, long event) {}

    private Carried() {}

    /** What the live table says of jobs, in the order of their ids; both bounds are exclusive. */
    public static List<Traces> traces(Connection connection, UUID after, UUID before, int most) throws SQLException {
        List<Traces> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(OLD)) {
            query.setObject(1, after);
            query.setObject(2, before);
            query.setInt(3, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String topic = row.getString(3);
                    found.add(new Traces(
                            new JobId(row.getString(2), row.getObject(1, UUID.class)),
                            topic == null ? null : new Position(topic, row.getInt(4), row.getLong(5)),
                            row.getLong(6)));
                }
            }
        }
        return found;
    }

    /** Copies the rows and timers of these jobs. */
    public static void copy(Connection connection, List<UUID> jobs) throws SQLException {
        copy(connection, "job", "id", jobs);
        copy(connection, "timer", "job", jobs);
    }

    private static void copy(Connection connection, String table, String key, List<UUID> jobs) throws SQLException {
        String columns = String.join(", ", Catalogue.columns(connection, table));
        String sql = """
                INSERT INTO shadow.%1$s (%2$s) SELECT %2$s FROM public.%1$s WHERE %3$s = ANY (?)""".formatted(table, columns, key);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Column.bind(statement, 1, IDS, jobs);
            statement.executeUpdate();
        }
    }
}
