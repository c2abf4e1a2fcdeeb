package dev.accepted.store.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Which version of a name is current. */
public final class ReferenceTable {

    // The same content again is no new version: a client may repeat its PUT.
    private static final String PUT = """
            INSERT INTO reference AS r (tenant, collection, name, version, digest, entries, columns)
            VALUES (?, ?, ?, 1, ?, ?, ?)
            ON CONFLICT (tenant, collection, name) DO UPDATE SET
                version = CASE WHEN r.digest = excluded.digest THEN r.version ELSE r.version + 1 END,
                updated_at = CASE WHEN r.digest = excluded.digest THEN r.updated_at ELSE now() END,
                digest = excluded.digest, entries = excluded.entries, columns = excluded.columns
            RETURNING version, digest, entries, columns, updated_at, (xmax = 0) AS created""";

    private static final String FIND = """
            SELECT version, digest, entries, columns, updated_at, false AS created FROM reference
            WHERE tenant = ? AND collection = ? AND name = ?""";

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

    /**
     * The current version of a name.
     *
     * @param digest where its content lies in the object store
     * @param created whether this call made the name
     */
    public record Current(
            int version, String digest, long entries, List<String> columns, Instant updatedAt, boolean created) {}

    private ReferenceTable() {}

    /** Makes a stored content the current version of a name. */
    public static Current put(
            Connection connection,
            String tenant,
            String collection,
            String name,
            String digest,
            long entries,
            List<String> columns)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PUT)) {
            statement.setString(1, tenant);
            statement.setString(2, collection);
            statement.setString(3, name);
            statement.setString(4, digest);
            statement.setLong(5, entries);
            statement.setArray(6, connection.createArrayOf("text", columns.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return read(row);
            }
        }
    }

    /**
     * The current version of a name, if the tenant has one. Whoever else asks in this way waits until the transaction
     * ends, also for a name that is not there yet.
     */
    public static Optional<Current> lock(Connection connection, String tenant, String collection, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, tenant + '/' + collection + '/' + name);
            statement.execute();
        }
        return find(connection, tenant, collection, name);
    }

    /** The current version of a name, if the tenant has one. */
    public static Optional<Current> find(Connection connection, String tenant, String collection, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, tenant);
            statement.setString(2, collection);
            statement.setString(3, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static Current read(ResultSet row) throws SQLException {
        return new Current(
                row.getInt("version"),
                row.getString("digest"),
                row.getLong("entries"),
                List.of((String[]) row.getArray("columns").getArray()),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("created"));
    }
}
