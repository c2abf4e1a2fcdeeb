package dev.accepted.gateway.concurrency;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.job.Limit;
import dev.accepted.store.concurrency.ConcurrencyLimit;
import dev.accepted.store.concurrency.Group;
import dev.accepted.store.concurrency.HeldTimers;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.concurrency.Limits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The limits as operators see them: with how many run under each, and how many wait. */
final class ShownLimits {

    private final List<ConcurrencyLimit> all;
    private final Map<Limit, Long> running = new HashMap<>();
    private final Map<Limit, Long> waiting = new HashMap<>();

    private ShownLimits(List<ConcurrencyLimit> all) {
        this.all = all;
    }

    static ShownLimits read(Connection connection) throws SQLException {
        ShownLimits shown = new ShownLimits(LimitTable.all(connection));
        Limits limits = new Limits(shown.all);
        LimitTable.running(connection).forEach((group, jobs) -> add(shown.running, limits, group, jobs));
        HeldTimers.lines(connection).forEach((group, line) -> add(shown.waiting, limits, group, line.waiting()));
        return shown;
    }

    private static void add(Map<Limit, Long> sums, Limits limits, Group group, long jobs) {
        limits.set(group).forEach(limit -> sums.merge(limit, jobs, Long::sum));
    }

    List<ObjectNode> all() {
        return all.stream().map(this::shown).toList();
    }

    Optional<ObjectNode> one(Limit limit) {
        return all.stream().filter(set -> set.limit().equals(limit)).findFirst().map(this::shown);
    }

    private ObjectNode shown(ConcurrencyLimit set) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("kind", set.limit().kind().word())
                .put("name", set.limit().name())
                .put("most", set.most())
                .put("running", running.getOrDefault(set.limit(), 0L))
                .put("waiting", waiting.getOrDefault(set.limit(), 0L))
                .put("since", set.since().toString());
        if (set.reason() != null) {
            shown.put("reason", set.reason());
        }
        return shown;
    }
}
