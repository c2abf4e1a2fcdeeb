package dev.accepted.gateway.projection;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Folds the log once more, into whatever tables a session's statements find. What the projection passed over is passed
 * over here as well; nothing is buried, and nobody is told. Safe for use by many threads.
 */
@Singleton
public class Refold {

    private final IdSeal seal;
    private final Clock clock;
    private final Horizon horizon;

    Refold(IdSeal seal, Clock clock, GatewayConfig config) {
        this.seal = seal;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    /** What a record says; empty if nobody can read it, or its job is past its time. */
    public Optional<LogEntry> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(LogEntry.read(record, seal))
                    .filter(entry -> !horizon.hasPassed(entry.job(), clock.instant()));
        } catch (Undecodable e) {
            return Optional.empty();
        }
    }

    /**
     * Where the record lay that a dead one was, if the projection buried it because it could not be folded. What it could
     * not read is found to be so again; what a worker buried was folded.
     */
    public static Optional<Position> passedOver(ConsumerRecord<String, byte[]> dead) {
        Map<String, String> headers = RecordHeaderText.of(dead);
        try {
            return headers.getOrDefault("dead_reason", "").startsWith(Unfoldable.REASON)
                    ? Optional.of(new Position(
                            headers.getOrDefault("dead_topic", ""),
                            Integer.parseInt(headers.getOrDefault("dead_partition", "")),
                            Long.parseLong(headers.getOrDefault("dead_offset", ""))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Folds entries in the order of the log, within the transaction of a session that writes alone. One that cannot be
     * folded is found by halving, and left out.
     *
     * @throws SQLException if none of them is to blame
     */
    public void fold(Connection connection, List<LogEntry> entries) throws SQLException {
        Savepoint before = connection.setSavepoint();
        boolean folded = tryToFold(connection, entries);
        if (folded) {
            connection.releaseSavepoint(before);
            return;
        }
        connection.rollback(before);
        if (entries.size() > 1) {
            int half = entries.size() / 2;
            fold(connection, entries.subList(0, half));
            fold(connection, entries.subList(half, entries.size()));
        }
    }

    private static boolean tryToFold(Connection connection, List<LogEntry> entries) throws SQLException {
        try {
            Folder.write(connection, Folder.byJob(entries));
            return true;
        } catch (Unfoldable e) {
            return false;
        } catch (SQLException e) {
            if (Unfoldable.isToBlame(entries, e)) {
                return false;
            }
            throw e;
        }
    }
}
