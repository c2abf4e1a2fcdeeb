package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.store.replay.Candidates;
import dev.accepted.store.replay.Candidates.Counts;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.ReplayTable;
import dev.accepted.store.replay.ReplayedTable;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.replay.Tally;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The replays there are. Blocks. */
@Singleton
class Replays {

    private static final int SHOWN = 100;

    private final DataSource database;
    private final UuidV7 uuids;
    private final Clock clock;

    Replays(DataSource database, UuidV7 uuids, Clock clock) {
        this.database = database;
        this.uuids = uuids;
        this.clock = clock;
    }

    /** Writes one down, unless it is: a gateway begins with it within a moment. */
    ObjectNode begin(ReplayBody order, Selection selection, String actor) throws SQLException {
        UUID id = order.id() == null ? uuids.next() : order.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Transaction.run(database, connection -> {
            Counts counts = order.mode().isCountedLater()
                    ? new Counts(0, 0)
                    : Candidates.count(
                            connection,
                            order.mode(),
                            selection,
                            now,
                            order.plan().mostPerJob());
            boolean fresh = ReplayTable.insert(
                    connection,
                    id,
                    order.mode(),
                    selection,
                    order.plan(),
                    actor,
                    order.reason(),
                    now,
                    counts.matched(),
                    counts.leftOut());
            if (fresh) {
                ReplayTable.note(connection, id, "asked-for", actor, order.reason());
            }
            return whole(connection, ReplayTable.find(connection, id).orElseThrow());
        });
    }

    /** The newest. */
    ObjectNode recent() throws SQLException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        return Transaction.run(database, connection -> {
            for (Replay replay : ReplayTable.recent(connection, SHOWN)) {
                items.add(ShownReplay.of(replay, tally(connection, replay)));
            }
            return body;
        });
    }

    /** One of them, with what happened to it and why jobs failed again. */
    Optional<ObjectNode> find(UUID id) throws SQLException {
        return Transaction.run(database, connection -> {
            Optional<Replay> replay = ReplayTable.find(connection, id);
            return replay.isEmpty() ? Optional.empty() : Optional.of(whole(connection, replay.get()));
        });
    }

    /**
     * Moves one, as an operator says.
     *
     * @return as it is now; empty if it is in none of those states
     */
    Optional<ObjectNode> move(UUID id, List<State> from, State to, String what, String actor, @Nullable String reason)
            throws SQLException {
        return Transaction.run(database, connection -> {
            if (!ReplayTable.move(connection, id, from, to, null)) {
                return Optional.empty();
            }
            ReplayTable.note(connection, id, what, actor, reason);
            return Optional.of(
                    whole(connection, ReplayTable.find(connection, id).orElseThrow()));
        });
    }

    /** What ended since is seen here too: nobody drives a replay that is paused or over, and its jobs go on. */
    private static Tally tally(Connection connection, Replay replay) throws SQLException {
        Tally tally = ReplayedTable.tally(connection, replay.id());
        if (tally.running() > 0 && replay.state() != State.RUNNING) {
            ReplayedTable.settle(connection, replay.id());
            return ReplayedTable.tally(connection, replay.id());
        }
        return tally;
    }

    private static ObjectNode whole(Connection connection, Replay replay) throws SQLException {
        ObjectNode shown = ShownReplay.of(replay, tally(connection, replay));
        ShownReplay.causes(shown, Candidates.causesOfReplayed(connection, replay.id()));
        ShownReplay.timeline(shown, ReplayTable.notes(connection, replay.id()));
        return shown;
    }
}
