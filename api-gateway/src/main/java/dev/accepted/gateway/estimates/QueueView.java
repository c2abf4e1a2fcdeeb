package dev.accepted.gateway.estimates;

import dev.accepted.gateway.estimates.QueueSample.Span;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One queue: its last sample, and what this gateway wrote to it since. Safe for use by many threads.
 *
 * <p>Share consumers take turns over the partitions, so ahead of a record is what lies before it in its own partition,
 * and as much of each other partition. Where two records are equally deep, the older goes first; for that the view
 * remembers when the ends of the partitions moved.
 */
final class QueueView {

    private static final long TAKEN = -1;

    private QueueSample sample = QueueSample.NONE;
    private final Map<Integer, Ends> ends = new TreeMap<>();

    /**
     * Where a record stands.
     *
     * @param ahead jobs before it that no worker has taken; negative once it was taken itself
     * @param free slots that were free
     */
    record Standing(long ahead, int free, int slots) {

        /** Jobs that will still wait in front of it once the free slots are taken. */
        long position() {
            return Math.max(0, ahead - free);
        }

        /** Whether a worker has taken it, or a slot is free for it now. */
        boolean startsNow() {
            return ahead < free;
        }

        /** Runs of a job that every slot must finish before this one starts. */
        long rounds() {
            return startsNow() ? 0 : (ahead - free) / Math.max(1, slots) + 1;
        }
    }

    synchronized void sampled(QueueSample now, long atMicros) {
        sample = now;
        now.spans().forEach((partition, span) -> endsOf(partition).moved(span.end(), atMicros));
    }

    /** This gateway knows of a record there. */
    synchronized void appended(int partition, long offset, long atMicros) {
        endsOf(partition).moved(offset + 1, atMicros);
    }

    /** Where the record at an offset stands that came to the queue at that time. */
    synchronized Standing standing(int partition, long offset, long arrivedMicros) {
        long depth = offset - start(partition, offset);
        long ahead = Math.max(TAKEN, depth);
        for (Map.Entry<Integer, Ends> other : ends.entrySet()) {
            if (depth >= 0 && other.getKey() != partition) {
                ahead += aheadIn(other.getKey(), other.getValue(), depth, arrivedMicros);
            }
        }
        return new Standing(ahead, sample.pool().free(), sample.pool().slots());
    }

    private long aheadIn(int partition, Ends known, long depth, long arrivedMicros) {
        long start = start(partition, known.last());
        OptionalLong then = known.at(arrivedMicros);
        long goesFirst = then.isPresent()
                ? Math.min(then.getAsLong() - start, depth + 1)
                : Math.min(known.last() - start, depth);
        return Math.max(0, goesFirst);
    }

    private long start(int partition, long otherwise) {
        Span span = sample.spans().get(partition);
        return span == null ? otherwise : span.start();
    }

    private Ends endsOf(int partition) {
        return ends.computeIfAbsent(partition, p -> new Ends());
    }
}
