package dev.accepted.gateway.placement;

import dev.accepted.gateway.estimates.QueueSample.Span;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** One queue's partitions: what waits in each, of whom, and where the next command goes. Safe for use by many threads. */
final class QueuePartitions {

    /** So many waiting jobs of a tenant are few, however little else waits. */
    private static final int FEW = 32;

    /** In a long queue this part of it is not many. */
    private static final int NOT_MANY_PART = 64;

    /** The reserve is short as long as it has no more than this part of what other partitions have. */
    private static final int SHORT_PART = 16;

    /** So many may wait anywhere. */
    private static final int NEXT_TO_NOTHING = 4;

    /** A tenant stays where it sent last while that has not this part more than the least has: batches get full. */
    private static final int STAY_PART = 8;

    private static final int LONGEST_STAY = 64;

    /** Samples after which a tenant that sends nothing is no neighbour any more: an hour. */
    private static final int FORGOTTEN_AFTER = 7_200;

    private static final int MOST_TENANTS = 10_000;
    private static final long UNKNOWN = -1;

    private final String queue;
    private final Terms terms;
    private final Map<String, TenantLoad> tenants = new LinkedHashMap<>(16, 0.75f, true);
    private long[] starts = {};
    private long[] waiting = {};
    private long[] taken = {};
    private long total;

    QueuePartitions(String queue, Terms terms) {
        this.queue = queue;
        this.terms = terms;
    }

    /** Where a tenant's next command goes, which is taken for sent; empty as long as no sample was seen. */
    synchronized OptionalInt next(String tenant) {
        if (waiting.length == 0) {
            return OptionalInt.empty();
        }
        TenantLoad load = tenants.computeIfAbsent(tenant, name -> new TenantLoad(waiting.length, shard(name)));
        if (tenants.size() > MOST_TENANTS) {
            tenants.remove(tenants.keySet().iterator().next());
        }
        int chosen = leastWaiting(load.last(), whereItMayGo(load));
        load.sent(chosen);
        waiting[chosen]++;
        total++;
        return OptionalInt.of(chosen);
    }

    private IntPredicate whereItMayGo(TenantLoad load) {
        double own = load.total();
        return own < FEW ? anywhere -> true : whereItMayPileUp(load, own).or(this::isNextToNothing);
    }

    private IntPredicate whereItMayPileUp(TenantLoad load, double own) {
        int reserve = terms.reserveOf(waiting.length);
        if (own < (double) total / NOT_MANY_PART) {
            long shortest = total / waiting.length / SHORT_PART;
            return partition -> partition >= reserve || waiting[partition] < shortest;
        }
        return tenants.size() == 1 ? partition -> partition >= reserve : load.shard()::contains;
    }

    private Shard shard(String tenant) {
        int partitions = waiting.length;
        return new Shard(queue, tenant, terms.reserveOf(partitions), partitions, terms.widthOf(partitions));
    }

    /** What is gone within a second at the pace at which workers take it. */
    private boolean isNextToNothing(int partition) {
        return waiting[partition] < Math.max(NEXT_TO_NOTHING, 2 * taken[partition]);
    }

    /** Of equals it is the next after the last one, so that an empty queue is filled evenly. */
    private int leastWaiting(int last, IntPredicate allowed) {
        int count = waiting.length;
        int least = -1;
        for (int step = 1; step <= count; step++) {
            int partition = (last + step) % count;
            if ((least < 0 || waiting[partition] < waiting[least]) && allowed.test(partition)) {
                least = partition;
            }
        }
        long stay = Math.min(LONGEST_STAY, waiting[least] / STAY_PART);
        boolean near = last >= 0 && waiting[last] <= waiting[least] + stay;
        return stay > 0 && near && allowed.test(last) ? last : least;
    }

    /** What waits now, as the brokers tell it. */
    synchronized void sampled(Map<Integer, Span> now) {
        int count = now.size();
        if (count != starts.length) {
            resize(count);
        }
        total = 0;
        for (Map.Entry<Integer, Span> one : now.entrySet()) {
            sampled(one.getKey(), one.getValue());
            total += waiting[one.getKey()];
        }
        tenants.values().removeIf(load -> load.quietFor() > FORGOTTEN_AFTER);
    }

    private void resize(int count) {
        int before = starts.length;
        starts = Arrays.copyOf(starts, count);
        waiting = Arrays.copyOf(waiting, count);
        taken = Arrays.copyOf(taken, count);
        if (count > before) {
            Arrays.fill(starts, before, count, UNKNOWN);
        }
        tenants.forEach((tenant, load) -> load.resize(count, shard(tenant)));
    }

    private void sampled(int partition, Span now) {
        long waited = waiting[partition];
        long moved = starts[partition] == UNKNOWN ? 0 : Math.max(0, now.start() - starts[partition]);
        double left = Math.max(0, 1 - (double) moved / Math.max(1, waited));
        starts[partition] = now.start();
        taken[partition] = moved;
        waiting[partition] = now.end() - now.start();
        tenants.values().forEach(load -> load.taken(partition, left, waiting[partition]));
    }
}
