package dev.accepted.store.concurrency;

import dev.accepted.contract.job.Limit;
import dev.accepted.store.batch.Column;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeasedCommand;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Claims a batch of which some are under a limit. All are claimed; those that find no room are held back: their leases
 * say so, and whoever holds them tells the log instead of running them. So nobody is in no place meanwhile.
 */
public final class LimitedClaim {

    // In the same order by everybody, so that none waits for another in a circle.
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(key) FROM (
                SELECT DISTINCT hashtextextended('accepted.limit/' || name, 0) AS key
                FROM unnest(?::text[]) AS n(name) ORDER BY key OFFSET 0) k""";

    private static final String HOLD_BACK = "UPDATE lease SET held_by = ? WHERE job = ANY (?)";

    private static final List<Column<UUID>> IDS = List.of(Column.uuid(id -> id));

    /**
     * What came of a claim.
     *
     * @param toRun jobs that were claimed and may run
     * @param heldBack jobs that were claimed and may not, each with the limit that had no room
     */
    public record Claimed(Set<UUID> toRun, Map<UUID, Limit> heldBack) {}

    private LimitedClaim() {}

    /**
     * Claims as {@link LeaseTable#claim} does. First come, first served; but whoever was sent because there was room
     * has it, and whoever comes while others of its group wait is behind them.
     *
     * @param connection in a transaction, until whose end nobody else takes room under the same limits
     * @param batch of distinct jobs, in the order in which they came
     */
    public static Claimed claim(Connection connection, Holder by, Duration ttl, List<LeasedCommand> batch)
            throws SQLException {
        Limits limits = new Limits(LimitTable.all(connection));
        Set<Group> limited = batch.stream()
                .map(Group::of)
                .filter(group -> !limits.over(group).isEmpty())
                .collect(Collectors.toSet());
        if (limited.isEmpty()) {
            return new Claimed(LeaseTable.claim(connection, by, ttl, batch), Map.of());
        }
        lock(connection, limits, limited);
        Queue queue = Queue.at(connection, limits, limited, batch);
        Set<UUID> claimed = LeaseTable.claim(connection, by, ttl, batch);
        Map<UUID, Limit> heldBack = queue.admit(batch, claimed);
        holdBack(connection, heldBack);
        ReleasedTable.forget(connection, List.copyOf(queue.arrived));
        claimed.removeAll(heldBack.keySet());
        return new Claimed(claimed, heldBack);
    }

    private static void lock(Connection connection, Limits limits, Set<Group> groups) throws SQLException {
        List<String> names = groups.stream()
                .flatMap(group -> limits.over(group).stream())
                .map(Limit::text)
                .distinct()
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Column.bind(statement, 1, List.of(Column.<String>text(name -> name)), names);
            statement.execute();
        }
    }

    private static void holdBack(Connection connection, Map<UUID, Limit> heldBack) throws SQLException {
        Map<Limit, List<UUID>> byLimit = heldBack.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        for (Map.Entry<Limit, List<UUID>> held : byLimit.entrySet()) {
            try (PreparedStatement statement = connection.prepareStatement(HOLD_BACK)) {
                statement.setString(1, held.getKey().text());
                Column.bind(statement, 2, IDS, held.getValue());
                statement.executeUpdate();
            }
        }
    }

    /**
     * Who is before whom.
     *
     * @param released those of the batch that were sent because there was room
     * @param arrived jobs whose room was kept until now
     * @param crowded groups of which others wait
     */
    private record Queue(Room room, Set<Held> released, Set<UUID> arrived, Set<Group> crowded) {

        /**
         * Looks. Whoever releases drops timers and keeps room in one transaction, whose end may come between two of
         * these looks, and after its commands came here: timers are looked at first, so that nothing is seen in neither.
         */
        static Queue at(Connection connection, Limits limits, Set<Group> limited, List<LeasedCommand> batch)
                throws SQLException {
            Map<UUID, Integer> asked = new HashMap<>();
            batch.forEach(command -> asked.put(command.job(), command.attempt()));
            Set<Held> released = HeldTimers.of(connection, asked.keySet());
            Set<Group> crowded = HeldTimers.waiting(connection, limited);
            Map<Held, Group> kept = ReleasedTable.all(connection);
            Room room = new Room(limits, LimitTable.running(connection));
            Set<UUID> arrived = new HashSet<>();
            kept.forEach((sent, group) -> {
                if (asked.getOrDefault(sent.job(), 0) >= sent.attempt()) {
                    released.add(sent);
                    arrived.add(sent.job());
                } else {
                    room.take(group);
                }
            });
            return new Queue(room, released, arrived, crowded);
        }

        Map<UUID, Limit> admit(List<LeasedCommand> batch, Set<UUID> claimed) {
            List<LeasedCommand> inOrder = new ArrayList<>(batch);
            inOrder.sort(Comparator.comparing(command -> isReleased(command) ? 0 : 1));
            Map<UUID, Limit> heldBack = new HashMap<>();
            for (LeasedCommand command : inOrder) {
                if (claimed.contains(command.job())) {
                    Group group = Group.of(command);
                    boolean behind = crowded.contains(group) && !isReleased(command);
                    Optional<Limit> closed = behind ? room.tightest(group) : room.closedBy(group);
                    closed.ifPresentOrElse(limit -> heldBack.put(command.job(), limit), () -> room.take(group));
                }
            }
            return heldBack;
        }

        private boolean isReleased(LeasedCommand command) {
            return released.contains(new Held(command.job(), command.attempt()));
        }
    }
}
