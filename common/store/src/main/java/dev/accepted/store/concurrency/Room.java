package dev.accepted.store.concurrency;

import dev.accepted.contract.job.Limit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The room that is left under the limits. For one thread. */
public final class Room {

    private final Limits limits;
    private final Map<Limit, Long> taken = new HashMap<>();

    /** @param running jobs by group */
    public Room(Limits limits, Map<Group, Long> running) {
        this.limits = limits;
        running.forEach(this::take);
    }

    /** How many more of a group may begin; {@link Integer#MAX_VALUE} if it is under no limit. */
    public int of(Group group) {
        return limits.over(group).stream().mapToInt(this::under).min().orElse(Integer.MAX_VALUE);
    }

    /** The limit that leaves a group no room. */
    public Optional<Limit> closedBy(Group group) {
        return limits.over(group).stream().filter(limit -> under(limit) == 0).findFirst();
    }

    /** The limit that leaves a group the least room. */
    public Optional<Limit> tightest(Group group) {
        List<Limit> over = limits.over(group);
        return over.stream().reduce((a, b) -> under(b) < under(a) ? b : a);
    }

    /** One of a group begins. */
    public void take(Group group) {
        take(group, 1L);
    }

    private void take(Group group, long jobs) {
        limits.over(group).forEach(limit -> taken.merge(limit, jobs, Long::sum));
    }

    private int under(Limit limit) {
        return (int) Math.max(0, limits.most(limit) - taken.getOrDefault(limit, 0L));
    }
}
