package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.LoggedCommand;
import dev.accepted.e2e.history.Owned;
import dev.accepted.e2e.history.Row;
import dev.accepted.e2e.history.Trespass;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is one tenant's is not there for another, and stays the first one's in log and table. */
final class TenantsAreApart implements Guarantee {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    @Override
    public String promise() {
        return "A tenant's job is 404 to every other tenant and in none of its lists; log and table say whose it is.";
    }

    @Override
    public void judge(History history, Findings findings) {
        for (Trespass trespass : history.all(Trespass.class)) {
            findings.expect(
                    isAsIfUnknown(trespass),
                    () -> trespass.what() + " of another tenant's " + trespass.target() + " was answered with "
                            + trespass.code());
            findings.expect(!trespass.found(), () -> trespass.what() + " showed another tenant's " + trespass.target());
        }
        Map<String, Set<String>> tenants = tenants(history);
        for (Owned owned : history.all(Owned.class)) {
            Set<String> said = tenants.getOrDefault(owned.jobId(), Set.of());
            findings.expect(
                    said.equals(Set.of(owned.tenant())),
                    () -> owned.jobId() + " is " + owned.tenant() + "'s, and log and table say " + said);
        }
    }

    /**
     * A list is an answer of the table, which may be away; of a foreign id nobody needs to ask it. A gateway that is being
     * stopped lets nothing in that would change something, whatever its id.
     */
    private static boolean isAsIfUnknown(Trespass trespass) {
        boolean list = trespass.what().startsWith("GET /jobs?");
        boolean mayBeUnavailable = list || trespass.what().startsWith("POST");
        return trespass.code() == (list ? OK : NOT_FOUND) || mayBeUnavailable && trespass.code() == UNAVAILABLE;
    }

    private static Map<String, Set<String>> tenants(History history) {
        Map<String, Set<String>> tenants = new HashMap<>();
        for (LoggedCommand logged : history.all(LoggedCommand.class)) {
            tenants.computeIfAbsent(logged.command().id().text(), id -> new HashSet<>())
                    .add(logged.command().tenant());
        }
        for (Row row : history.all(Row.class)) {
            tenants.computeIfAbsent(row.jobId(), id -> new HashSet<>()).add(row.tenant());
        }
        return tenants;
    }
}
