package dev.accepted.store.bulk;

import dev.accepted.contract.job.Status;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes batches, and counts how their jobs stand. */
public final class BatchTable {

    private static final String INSERT =
            "INSERT INTO batch (id, tenant, accepted, rejected, replayed) VALUES (?, ?, ?, ?, ?)";

    private static final String FIND =
            "SELECT id, tenant, accepted, rejected, replayed FROM batch WHERE id = ? AND tenant = ?";

    // Its jobs were accepted after the batch began: the days before it are not looked at.
    static final String COUNT = """
            SELECT status, count(*) FROM job WHERE batch = ? AND id >= ? AND tenant = ? GROUP BY status""";

    /**
     * A batch as it was when all of it was sent.
     *
     * @param accepted items that are jobs
     * @param rejected items that are none
     * @param replayed of the accepted, those whose key stood for a job before; they count in the batch of that job
     */
    public record Batch(UUID id, String tenant, int accepted, int rejected, int replayed) {}

    private BatchTable() {}

    public static void insert(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, batch.id());
            statement.setString(2, batch.tenant());
            statement.setInt(3, batch.accepted());
            statement.setInt(4, batch.rejected());
            statement.setInt(5, batch.replayed());
            statement.executeUpdate();
        }
    }

    /** A tenant's batch, if its row was written. */
    public static Optional<Batch> find(Connection connection, UUID id, String tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, id);
            statement.setString(2, tenant);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Batch(
                                id, tenant, row.getInt("accepted"), row.getInt("rejected"), row.getInt("replayed")))
                        : Optional.empty();
            }
        }
    }

    /**
     * How many of a batch's jobs have which status, as far as they have rows.
     *
     * @param batch its id as jobs carry it
     * @param began the lowest id that its jobs may have
     */
    public static Map<Status, Integer> count(Connection connection, String batch, UUID began, String tenant)
            throws SQLException {
        Map<Status, Integer> counts = new EnumMap<>(Status.class);
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setString(1, batch);
            statement.setObject(2, began);
            statement.setString(3, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(Status.ofWord(rows.getString(1)).orElseThrow(), rows.getInt(2));
                }
            }
        }
        return counts;
    }
}
