package dev.accepted.store.concurrency;

import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All limits that are set, at one moment. */
public final class Limits {

    private final Map<Limit, Integer> most = new HashMap<>();

    public Limits(Collection<ConcurrencyLimit> set) {
        set.forEach(one -> most.put(one.limit(), one.most()));
    }

    /** Those that a group is under, each as it was set: a tenant's own stands before that of each tenant. */
    public List<Limit> set(Group group) {
        List<Limit> set = new ArrayList<>();
        boolean own = most.containsKey(new Limit(Kind.TENANT, group.tenant()));
        for (Limit possible : group.possible()) {
            if (most.containsKey(possible) && !(own && isEach(possible)) && !set.contains(possible)) {
                set.add(possible);
            }
        }
        return set;
    }

    /** The same, but that for each tenant as the tenant's: under it every tenant has room of its own. */
    public List<Limit> over(Group group) {
        return set(group).stream()
                .map(limit -> isEach(limit) ? new Limit(Kind.TENANT, group.tenant()) : limit)
                .toList();
    }

    /** How many may run at once under a limit that {@link #over} gave. */
    public int most(Limit limit) {
        Integer own = most.get(limit);
        return own != null ? own : most.getOrDefault(new Limit(Kind.TENANT, Group.EACH), Integer.MAX_VALUE);
    }

    private static boolean isEach(Limit limit) {
        return limit.kind() == Kind.TENANT && limit.name().equals(Group.EACH);
    }
}
