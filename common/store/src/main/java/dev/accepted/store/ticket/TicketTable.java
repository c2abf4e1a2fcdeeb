package dev.accepted.store.ticket;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Remembers which tickets were used, for as long as they could be used again. */
public final class TicketTable {

    private static final String USE =
            "INSERT INTO used_ticket (nonce, expires_at) VALUES (?, ?) ON CONFLICT (nonce) DO NOTHING";

    // A gateway whose clock is behind takes a ticket for good a little longer.
    private static final String FORGET = "DELETE FROM used_ticket WHERE expires_at < now() - interval '15 minutes'";

    private TicketTable() {}

    /** Uses a ticket; false if it was used before. */
    public static boolean use(Connection connection, UUID nonce, Instant expiresAt) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USE)) {
            statement.setObject(1, nonce);
            statement.setObject(2, expiresAt.atOffset(ZoneOffset.UTC));
            return statement.executeUpdate() == 1;
        }
    }

    /** Forgets those that have expired long ago; says how many. */
    public static int forgetExpired(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            return statement.executeUpdate();
        }
    }
}
