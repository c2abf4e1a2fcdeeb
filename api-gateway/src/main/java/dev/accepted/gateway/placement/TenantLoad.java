package dev.accepted.gateway.placement;

import java.util.Arrays;

/**
 * What waits of one tenant in each partition of a queue, as far as this gateway sent it. An estimate: of what workers take
 * of a partition each tenant is assumed to lose its part. For one thread at a time.
 */
final class TenantLoad {

    private Shard shard;
    private double[] waiting;
    private int last = -1;
    private int quiet;

    TenantLoad(int partitions, Shard shard) {
        this.waiting = new double[partitions];
        this.shard = shard;
    }

    /** The topic has another number of partitions now. */
    void resize(int partitions, Shard now) {
        waiting = Arrays.copyOf(waiting, partitions);
        last = last < partitions ? last : -1;
        shard = now;
    }

    /** Where its backlog may lie. */
    Shard shard() {
        return shard;
    }

    /** A command of its was sent there. */
    void sent(int partition) {
        waiting[partition]++;
        last = partition;
        quiet = 0;
    }

    /**
     * Workers took some of a partition.
     *
     * @param left the part of what waited there that was not taken
     * @param stillThere what waits there now, of whomever
     */
    void taken(int partition, double left, long stillThere) {
        waiting[partition] = Math.min(waiting[partition] * left, (double) stillThere);
    }

    double total() {
        return Arrays.stream(waiting).sum();
    }

    /** Where its last command went; -1 before the first. */
    int last() {
        return last;
    }

    /** Another sample went by; says how many have since its last command. */
    int quietFor() {
        return ++quiet;
    }
}
