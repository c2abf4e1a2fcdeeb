package dev.accepted.gateway.concurrency;

import dev.accepted.gateway.timers.Firing;
import dev.accepted.store.concurrency.Group;
import dev.accepted.store.concurrency.HeldTimers;
import dev.accepted.store.concurrency.HeldTimers.Waiting;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.concurrency.Limits;
import dev.accepted.store.concurrency.ReleasedTable;
import dev.accepted.store.concurrency.ReleasedTable.Released;
import dev.accepted.store.concurrency.Room;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.transaction.Transaction;
import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Sends one batch of what waits for a limit, as much as there is room for, in the transaction that keeps the room. One
 * gateway does so at a time. For one thread at a time.
 */
@Dependent
class Release {

    private static final int MOST = 250;

    private final DataSource database;
    private final Firing firing;
    private final Lines lines;

    Release(DataSource database, Firing firing, Lines lines) {
        this.database = database;
        this.firing = firing;
        this.lines = lines;
    }

    /** What a look came to. */
    enum Outcome {
        /** Nothing waits. */
        NOTHING_WAITS,
        /** What waits has no room, or could not be sent. */
        NO_ROOM,
        /** Another gateway is at it. */
        NOT_MY_TURN,
        /** Some were sent, all that there was room for. */
        SENT,
        /** Some were sent, and others have room too. */
        MORE
    }

    /** Looks, and sends. */
    Outcome release() throws SQLException {
        return Transaction.run(database, connection -> {
            List<Group> waiting = HeldTimers.groups(connection);
            lines.look(connection, !waiting.isEmpty());
            if (waiting.isEmpty()) {
                return Outcome.NOTHING_WAITS;
            }
            return HeldTimers.isMyTurn(connection) ? release(connection, waiting) : Outcome.NOT_MY_TURN;
        });
    }

    private Outcome release(Connection connection, List<Group> waiting) throws SQLException {
        ReleasedTable.sweep(connection);
        Limits limits = new Limits(LimitTable.all(connection));
        Room room = room(connection, limits);
        Map<Group, Integer> wanted = new LinkedHashMap<>();
        for (Group group : waiting) {
            if (room.of(group) > 0) {
                wanted.put(group, Math.min(MOST, room.of(group)));
            }
        }
        if (wanted.isEmpty()) {
            return Outcome.NO_ROOM;
        }
        List<Waiting> chosen = chosen(HeldTimers.lockOldest(connection, wanted), room);
        List<UUID> sent = firing.serve(
                        connection, chosen.stream().map(Waiting::timer).toList())
                .sent();
        ReleasedTable.add(connection, limited(chosen, sent, limits));
        if (sent.isEmpty()) {
            return Outcome.NO_ROOM;
        }
        return chosen.size() == MOST ? Outcome.MORE : Outcome.SENT;
    }

    /** Looked at in this order: what is claimed in between counts twice for once, and not never. */
    private static Room room(Connection connection, Limits limits) throws SQLException {
        Map<Held, Group> released = ReleasedTable.all(connection);
        Room room = new Room(limits, LimitTable.running(connection));
        released.values().forEach(room::take);
        return room;
    }

    private static List<Waiting> chosen(List<Waiting> oldest, Room room) {
        List<Waiting> chosen = new ArrayList<>();
        for (Waiting next : oldest) {
            if (chosen.size() < MOST && room.of(next.group()) > 0) {
                room.take(next.group());
                chosen.add(next);
            }
        }
        return chosen;
    }

    private static List<Released> limited(List<Waiting> chosen, List<UUID> sent, Limits limits) {
        Set<UUID> those = new HashSet<>(sent);
        return chosen.stream()
                .filter(next -> those.contains(next.timer().job())
                        && !limits.over(next.group()).isEmpty())
                .map(next ->
                        new Released(new Held(next.timer().job(), next.timer().attempt()), next.group()))
                .toList();
    }
}
