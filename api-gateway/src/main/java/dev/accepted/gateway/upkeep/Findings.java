package dev.accepted.gateway.upkeep;

import dev.accepted.store.shadow.Comparison;
import dev.accepted.store.shadow.Difference;
import dev.accepted.store.shadow.ShadowSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a look at both tables found.
 *
 * @param jobs how many the log makes
 * @param differences by job, in the order of their ids; rows before timers
 * @param more whether there may be others
 */
record Findings(long jobs, List<Difference> differences, boolean more) {

    /** So many rows are compared at once. */
    private static final int CHUNK = 5_000;

    /** More than these are not told apart. */
    private static final int MOST = 10_000;

    /** Looks at everything; in a transaction that sees both tables at one moment. */
    static Findings all(Connection connection, UUID lowest, Run run) throws SQLException {
        Comparison comparison = new Comparison(connection);
        List<Difference> found = new ArrayList<>();
        UUID after = lowest;
        while (!after.equals(Comparison.LAST) && found.size() < MOST) {
            run.requireGoing();
            UUID upTo = comparison.bound(after, CHUNK);
            found.addAll(comparison.jobs(after, upTo, MOST - found.size()));
            after = upTo;
        }
        List<Difference> timers = comparison.timers(lowest, MOST);
        boolean more = found.size() >= MOST || timers.size() >= MOST;
        found.addAll(timers);
        return new Findings(ShadowSchema.jobs(connection, lowest), found, more);
    }

    /** Looks once more at those that differed, and leaves out what differs no longer. */
    Findings confirmed(Connection connection) throws SQLException {
        Comparison comparison = new Comparison(connection);
        Set<UUID> suspects = suspects();
        List<Difference> again = new ArrayList<>(comparison.jobs(suspects));
        again.addAll(comparison.timers(suspects));
        Map<UUID, List<Difference>> before = differences.stream().collect(Collectors.groupingBy(Difference::job));
        return new Findings(jobs, Difference.confirmed(again, before), more);
    }

    Set<UUID> suspects() {
        return differences.stream().map(Difference::job).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    boolean isClean() {
        return differences.isEmpty();
    }
}
