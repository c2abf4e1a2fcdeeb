package dev.accepted.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTest {

    private static final List<String> TENANTS =
            IntStream.range(0, 1_000).mapToObj(i -> "tenant-" + i).toList();

    private static Set<Integer> shard(String tenant, int first, int end, int width) {
        return shard("reports", tenant, first, end, width);
    }

    private static Set<Integer> shard(String queue, String tenant, int first, int end, int width) {
        Shard shard = new Shard(queue, tenant, first, end, width);
        return IntStream.range(0, 100).filter(shard::contains).boxed().collect(Collectors.toSet());
    }

    @Test
    void everyGatewayAndEveryReleaseGivesATenantTheSamePartitions() {
        assertEquals(Set.of(1, 2, 4, 5, 6, 11), shard("acme", 1, 12, 6));
        assertEquals(shard("acme", 1, 12, 6), shard("acme", 1, 12, 6));
    }

    @Test
    void itHasAsManyPartitionsAsItsWidthAndNoneOfTheReserve() {
        for (String tenant : TENANTS) {
            Set<Integer> shard = shard(tenant, 2, 12, 5);
            assertEquals(5, shard.size());
            assertTrue(shard.stream().allMatch(partition -> partition >= 2 && partition < 12), () -> tenant + shard);
        }
    }

    @Test
    void widerThanThereArePartitionsItIsAllOfThem() {
        assertEquals(Set.of(1, 2, 3), shard("acme", 1, 4, 9));
    }

    @Test
    void tenantsAreSpreadOverAllPartitionsAlike() {
        int[] tenants = new int[12];
        for (String tenant : TENANTS) {
            shard(tenant, 0, 12, 3).forEach(partition -> tenants[partition]++);
        }
        for (int of : tenants) {
            assertTrue(of > 200 && of < 300, () -> "a partition has " + of + " of 1,000 tenants, 250 would be even");
        }
    }

    @Test
    void fewTenantsShareAShardAndOfAnotherQueueATenantHasAnother() {
        Set<Set<Integer>> shards = new HashSet<>();
        TENANTS.forEach(tenant -> shards.add(shard(tenant, 1, 12, 6)));
        // There are 462 shards of 6 of 11.
        assertTrue(shards.size() > 350, () -> shards.size() + " different shards of 1,000 tenants");
        long alike = TENANTS.stream()
                .filter(tenant -> shard("email", tenant, 1, 12, 6).equals(shard("reports", tenant, 1, 12, 6)))
                .count();
        assertTrue(alike < 20, () -> alike + " of 1,000 tenants have the same shard in two queues");
    }

    @Test
    void partitionsThatAreAddedTakeNoMoreThanTheirPart() {
        int moved = 0;
        for (String tenant : TENANTS) {
            Set<Integer> before = shard(tenant, 1, 12, 6);
            Set<Integer> after = shard(tenant, 1, 13, 6);
            Set<Integer> left = new HashSet<>(before);
            left.removeAll(after);
            assertTrue(left.size() <= 1, "one partition more takes one place at most");
            assertEquals(left.isEmpty(), !after.contains(12), "only for the new one a place is given up");
            moved += left.size();
        }
        int share = moved;
        assertTrue(share > 400 && share < 600, () -> share + " of 1,000 shards changed, 500 would be even");
    }
}
