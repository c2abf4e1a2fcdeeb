package dev.accepted.gateway.estimates;

import dev.accepted.gateway.estimates.QueueSample.Span;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One queue: its last sample, and what this gateway wrote to it since. Safe for use by many threads.
 *
 * <p>Ahead of a record are those that came before it and that no worker has taken. In its own partition that is a matter
 * of offsets; for the others the view remembers where their ends were at what time. Where it does not reach back so far,
 * share consumers taking turns over the partitions tells as much: of each as many as in its own. For the same reason a
 * record with few in its own partition is not behind all the many that came before it to others.
 */
final class QueueView {

    private static final long TAKEN = -1;

    /** So much further than in its own partition workers may be in another when they come to a record. */
    private static final int TURN = 16;

    private QueueSample sample = QueueSample.NONE;
    private final Counted arrived = new Counted();
    private final Counted taken = new Counted();
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
        arrived.sampled(now.spans().values().stream().mapToLong(Span::end).sum(), atMicros);
        taken.sampled(now.spans().values().stream().mapToLong(Span::start).sum(), atMicros);
        now.spans()
                .forEach((partition, span) -> ends.computeIfAbsent(partition, found -> Ends.found(span.start()))
                        .sampled(span.end(), atMicros));
    }

    synchronized QueueFlow flow() {
        long depth = sample.spans().values().stream()
                .mapToLong(span -> span.end() - span.start())
                .sum();
        return new QueueFlow(depth, sample.pool(), arrived.rate(), taken.rate());
    }

    /** Where the first command lies that no worker has taken, by partition; without partitions where none waits. */
    synchronized Map<Integer, Long> heads() {
        Map<Integer, Long> heads = new TreeMap<>();
        sample.spans().forEach((partition, span) -> {
            if (span.start() < span.end()) {
                heads.put(partition, span.start());
            }
        });
        return heads;
    }

    synchronized int slots() {
        return sample.pool().slots();
    }

    /** This gateway knows of a record there. */
    synchronized void appended(int partition, long offset, long atMicros) {
        ends.computeIfAbsent(partition, heardOf -> Ends.beginningWith(offset)).moved(offset + 1, atMicros);
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
        return Math.max(
                0,
                then.isPresent()
                        ? Math.min(then.getAsLong() - start, 2 * depth + TURN)
                        : Math.min(known.last() - start, depth));
    }

    /** Before the first sample: what this gateway wrote is all that waits. */
    private long start(int partition, long otherwise) {
        Span span = sample.spans().get(partition);
        if (span != null) {
            return span.start();
        }
        Ends known = ends.get(partition);
        return known == null ? otherwise : known.first();
    }
}
