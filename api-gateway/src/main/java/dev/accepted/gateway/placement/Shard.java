package dev.accepted.gateway.placement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/**
 * The partitions in which a tenant's backlog may lie, the same at every gateway.
 *
 * <p>By rendezvous: each partition has a score for each tenant, and those with the highest are its shard. A partition that
 * is added takes the place of one in some shards and leaves the rest as they were.
 */
final class Shard {

    private final BitSet partitions = new BitSet();

    /**
     * The shard of a tenant in a queue.
     *
     * @param first the first partition that may be of it: those before are the reserve
     * @param end the number of the topic's partitions
     * @param width how many of them it has
     */
    Shard(String queue, String tenant, int first, int end, int width) {
        IntStream.range(first, end)
                .boxed()
                .sorted(Comparator.comparingLong((Integer partition) -> score(queue, tenant, partition))
                        .reversed())
                .limit(width)
                .forEach(partitions::set);
    }

    private static long score(String queue, String tenant, int partition) {
        byte[] names = (queue + '/' + tenant).getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(names.length + Integer.BYTES);
        key.put(names).putInt(partition);
        return Integer.toUnsignedLong(Utils.murmur2(key.array()));
    }

    boolean contains(int partition) {
        return partitions.get(partition);
    }

    int width() {
        return partitions.cardinality();
    }
}
