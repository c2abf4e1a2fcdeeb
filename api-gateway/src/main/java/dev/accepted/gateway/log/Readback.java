package dev.accepted.gateway.log;

import dev.accepted.contract.log.Position;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was found at places of the log. A place that is neither found nor gone could not be read this time.
 *
 * @param found the records that are there
 * @param gone places that have no record any more: deleted with the retention, or beyond the end of the log
 */
public record Readback(Map<Position, ConsumerRecord<String, byte[]>> found, Set<Position> gone) {

    /** Records of that many bytes are enough for once: the rest is read the next time. */
    private static final long MOST_BYTES = 16L << 20;

    Readback() {
        this(new TreeMap<>(), new TreeSet<>());
    }

    /** Whether reading stopped because what was found is large, and not because something cannot be read. */
    public boolean full() {
        long bytes = 0;
        for (ConsumerRecord<String, byte[]> record : found.values()) {
            bytes += Math.max(0, record.serializedValueSize());
        }
        return bytes >= MOST_BYTES;
    }
}
