package dev.accepted.gateway.dead;

import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.store.dead.SettledDeadTable;
import dev.accepted.store.dead.Settlement;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Settles dead records, each once. Blocking; safe for use by many threads. */
@Singleton
class Settling {

    private static final Duration SEND = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final DataSource database;
    private final LogWriter log;

    Settling(DataSource database, LogWriter log) {
        this.database = database;
        this.log = log;
    }

    /** Takes it off the list; a {@link Problem} 409 if it is settled already. */
    void drop(DeadRecord record, @Nullable String reason, String by) throws SQLException {
        Transaction.run(database, connection -> {
            if (!SettledDeadTable.drop(connection, record.offset(), reason, by)) {
                throw settled(SettledDeadTable.of(connection, record.offset()).orElse(null));
            }
            return true;
        });
    }

    /**
     * Appends it once more to the topic that it came from, with the headers that it had there.
     *
     * @return where it lies now, as topic/partition/offset
     * @throws LogAway if Kafka does not acknowledge it; it is not settled then
     */
    String send(DeadRecord record, @Nullable String reason, String by) throws SQLException, LogAway {
        String topic = record.topic();
        if (topic == null) {
            throw Problem.of(
                    409,
                    "dead-record-without-origin",
                    "Dead record without origin",
                    "The record does not say which topic it came from, so it cannot be sent there. It can be dropped.");
        }
        LogAway[] away = new LogAway[1];
        String sent = Transaction.run(database, connection -> {
            if (!SettledDeadTable.drop(connection, record.offset(), reason, by)) {
                throw settled(SettledDeadTable.of(connection, record.offset()).orElse(null));
            }
            try {
                String to = append(topic, record);
                SettledDeadTable.sent(connection, record.offset(), to);
                return to;
            } catch (LogAway e) {
                away[0] = e;
                connection.rollback();
                return "";
            }
        });
        if (away[0] != null) {
            throw away[0];
        }
        return sent;
    }

    private String append(String topic, DeadRecord dead) throws LogAway {
        Headers headers = new RecordHeaders();
        for (Header header : dead.record().headers()) {
            if (!header.key().startsWith(DeadRecord.ADDED)) {
                headers.add(header);
            }
        }
        String key = dead.record().key() == null ? "" : dead.record().key();
        byte[] value = dead.record().value() == null ? NOTHING : dead.record().value();
        Position[] at = new Position[1];
        Uni<Position> appended = log.append(topic, key, headers, value).invoke(position -> at[0] = position);
        LogWriter.await(List.of(appended), SEND);
        return at[0].topic() + "/" + at[0].partition() + "/" + at[0].offset();
    }

    private static Problem settled(@Nullable Settlement before) {
        Problem problem = Problem.of(
                409,
                "dead-record-settled",
                "Dead record settled",
                "Somebody has settled the record already; it was not touched once more.");
        return before == null
                ? problem
                : problem.with("outcome", before.outcome())
                        .with("settled_by", before.by())
                        .with("settled_at", before.at().toString());
    }
}
