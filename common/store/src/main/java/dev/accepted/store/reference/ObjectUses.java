package dev.accepted.store.reference;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Which objects are in use however old they are. */
public final class ObjectUses {

    private static final String AMONG = """
            SELECT digest FROM reference WHERE tenant = ? AND digest = ANY (?)
            UNION SELECT input_digest FROM schedule WHERE tenant = ? AND input_digest = ANY (?)""";

    private ObjectUses() {}

    /** Those of the digests that are a tenant's current reference data, or the input of one of its schedules. */
    public static Set<String> among(Connection connection, String tenant, Set<String> digests) throws SQLException {
        Set<String> used = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(AMONG)) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("text", digests.toArray()));
            statement.setString(3, tenant);
            statement.setArray(4, connection.createArrayOf("text", digests.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    used.add(rows.getString(1));
                }
            }
        }
        return used;
    }
}
