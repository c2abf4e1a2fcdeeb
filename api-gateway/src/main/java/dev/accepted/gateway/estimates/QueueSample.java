package dev.accepted.gateway.estimates;

import dev.accepted.store.lease.WorkerTable.Pool;
import java.util.Map;

/**
 * How a queue stood at one moment.
 *
 * @param spans what waits, by partition of its topic
 * @param pool its workers
 */
public record QueueSample(Map<Integer, Span> spans, Pool pool) {

    /** Before anything is known. */
    static final QueueSample NONE = new QueueSample(Map.of(), Pool.NONE);

    /**
     * Records that no worker has taken.
     *
     * @param start the first of them
     * @param end where the next record will lie
     */
    public record Span(long start, long end) {}
}
