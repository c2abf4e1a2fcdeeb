package dev.accepted.gateway.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator asks of the list of all jobs.
 *
 * @param jobs what a client could ask as well
 * @param tenants empty: any
 * @param queues empty: any
 * @param error what the title or the detail of its error must contain, in whatever case
 */
record FleetQuery(JobQuery jobs, List<String> tenants, List<String> queues, Optional<String> error) {

    private static final String TENANT = "tenant";
    private static final String QUEUE = "queue";
    private static final String ERROR = "error";
    private static final Set<String> NAMES = Set.of(TENANT, QUEUE, ERROR);

    /** Reads a query; a {@link dev.accepted.gateway.problem.Problem} 400 names the parameter that does not read. */
    static FleetQuery read(Map<String, List<String>> query) {
        Map<String, List<String>> clients = new HashMap<>(query);
        clients.keySet().removeAll(NAMES);
        return new FleetQuery(
                JobQuery.read(clients),
                JobQuery.several(query, TENANT),
                JobQuery.several(query, QUEUE),
                JobQuery.single(query, ERROR));
    }

    /** The filters in one spelling: what a cursor is bound to. */
    String filters() {
        return String.join("\n", List.of(jobs.filters(), tenants.toString(), queues.toString(), error.toString()));
    }
}
