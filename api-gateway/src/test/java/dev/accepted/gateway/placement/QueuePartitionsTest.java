package dev.accepted.gateway.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.estimates.QueueSample.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over a queue of the test's own, of which workers take as much as it says. */
class QueuePartitionsTest {

    private static final int COUNT = 12;
    private static final int RESERVE = 0;

    private final QueuePartitions placing = new QueuePartitions("reports", new Terms(1, 0.5));
    private final long[] starts = new long[2 * COUNT];
    private final long[] ends = new long[2 * COUNT];
    private int count = COUNT;

    private void sample() {
        Map<Integer, Span> spans = new HashMap<>();
        IntStream.range(0, count).forEach(p -> spans.put(p, new Span(starts[p], ends[p])));
        placing.sampled(spans);
    }

    /** Workers take up to so many of each partition; then the gateway looks. */
    private void take(IntUnaryOperator ofPartition) {
        for (int p = 0; p < count; p++) {
            starts[p] = Math.min(ends[p], starts[p] + ofPartition.applyAsInt(p));
        }
        sample();
    }

    private int send(String tenant) {
        int partition = placing.next(tenant).orElseThrow();
        ends[partition]++;
        return partition;
    }

    /** How many of them came to each partition. */
    private int[] send(String tenant, int jobs) {
        int[] sent = new int[count];
        IntStream.range(0, jobs).forEach(i -> sent[send(tenant)]++);
        return sent;
    }

    private long waiting(int partition) {
        return ends[partition] - starts[partition];
    }

    private static Set<Integer> filled(int[] sent, int atLeast) {
        Set<Integer> filled = new HashSet<>();
        IntStream.range(0, sent.length).filter(p -> sent[p] >= atLeast).forEach(filled::add);
        return filled;
    }

    @Test
    void beforeAnySampleNothingIsSaid() {
        assertTrue(placing.next("acme").isEmpty());
    }

    @Test
    void onAnEmptyQueueJobsGoRoundAllPartitionsSoThatEveryWorkerHasSome() {
        sample();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            order.add(send("acme"));
        }
        assertEquals(IntStream.range(0, COUNT).boxed().toList(), order);
    }

    @Test
    void aJobGoesWhereTheLeastWaits() {
        for (int p = 0; p < COUNT; p++) {
            ends[p] = p == 7 ? 2 : 5;
        }
        sample();
        assertEquals(7, send("acme"));
        assertEquals(7, send("acme"));
        assertEquals(7, send("acme"));
        assertEquals(8, send("acme"));
    }

    @Test
    void theBacklogOfATenantThatIsAloneFillsAllButTheReserveEvenly() {
        sample();
        int[] sent = send("acme", 50_000);
        assertTrue(sent[RESERVE] < 10, () -> sent[RESERVE] + " lie in the reserve");
        for (int p = 1; p < COUNT; p++) {
            assertTrue(Math.abs(sent[p] - 50_000 / 11) <= 100, "partition " + p + " has " + sent[p]);
        }
    }

    @Test
    void behindABacklogTheFewOfAnotherGoToTheReserve() {
        sample();
        send("acme", 50_000);
        int[] sent = send("small", 10);
        assertEquals(10, sent[RESERVE]);
        assertTrue(waiting(RESERVE) < 20);
    }

    @Test
    void whatIsLittleBesideABacklogIsNotBehindItEither() {
        sample();
        send("acme", 50_000);
        int[] sent = send("medium", 200);
        assertEquals(200, sent[RESERVE]);
    }

    @Test
    void howeverManyHaveABacklogTheReserveHasNone() {
        sample();
        for (int heavy = 0; heavy < 20; heavy++) {
            send("heavy-" + heavy, 5_000);
        }
        assertTrue(waiting(RESERVE) < 20 * 80, () -> waiting(RESERVE) + " of 100,000 wait in the reserve");
        IntStream.range(1, COUNT).forEach(p -> assertTrue(waiting(p) > 3_000, () -> p + " has " + waiting(p)));
        assertEquals(10, send("small", 10)[RESERVE]);
    }

    @Test
    void amongSeveralABacklogStaysInItsShard() {
        sample();
        send("other");
        int[] sent = send("acme", 10_000);
        Shard shard = new Shard("reports", "acme", 1, COUNT, 6);
        Set<Integer> filled = filled(sent, 1_000);
        assertEquals(6, filled.size());
        assertTrue(filled.stream().allMatch(shard::contains));
        IntStream.range(0, COUNT)
                .filter(p -> !shard.contains(p))
                .forEach(p -> assertTrue(sent[p] < 10, () -> sent[p] + " lie outside of the shard, in " + p));
    }

    @Test
    void withinItsShardATenantAvoidsWhatAnotherHasFilled() {
        sample();
        send("other");
        Set<Integer> first = filled(send("acme", 20_000), 1_000);
        Set<Integer> second = filled(send("umbrella", 5_000), 500);
        assertFalse(second.isEmpty());
        second.retainAll(first);
        assertEquals(Set.of(), second, "where nothing waits there is room, and nobody is in front");
    }

    @Test
    void whatWorkersTakeAtOnceMayLieAnywhere() {
        sample();
        send("other");
        // Workers keep up: what comes in half a second is gone in half a second.
        int[] sent = new int[COUNT];
        for (int round = 0; round < 20; round++) {
            sent = send("acme", 1_200);
            take(p -> 1_000);
        }
        for (int p = 0; p < COUNT; p++) {
            assertTrue(sent[p] > 50, "partition " + p + " and whoever reads it has " + sent[p] + " of 1,200");
        }
    }

    @Test
    void aTenantWhoseJobsWereTakenHasFewAgain() {
        sample();
        send("other");
        send("acme", 3_000);
        Set<Integer> whileTheyWait = filled(send("acme", 24), 1);
        assertTrue(whileTheyWait.size() <= 6, whileTheyWait::toString);
        take(p -> 10_000);
        take(p -> 10_000);
        assertEquals(COUNT, filled(send("acme", COUNT), 1).size());
    }

    @Test
    void whoSendsALittleAllTheTimeKeepsHavingFewThoughOthersFillThePartition() {
        sample();
        send("acme", 50_000);
        for (int round = 0; round < 100; round++) {
            // Never empty: the reserve is worked on, and acme's guests come as fast as the others go.
            assertEquals(10, send("small", 10)[RESERVE], "in round " + round);
            send("acme", 1_000);
            take(p -> p == RESERVE ? 15 : 10);
        }
    }

    @Test
    void inALongQueueATenantStaysForAWhileSoThatBatchesGetFull() {
        sample();
        send("acme", 50_000);
        int changes = 0;
        int before = send("acme");
        for (int i = 0; i < 1_000; i++) {
            int now = send("acme");
            changes += now == before ? 0 : 1;
            before = now;
        }
        int changed = changes;
        assertTrue(changed <= 1_000 / 40, () -> changed + " changes of partition in 1,000 jobs");
        assertTrue(changed >= 5, () -> changed + " changes of partition in 1,000 jobs");
    }

    @Test
    void partitionsThatAreAddedAreUsedAtOnce() {
        sample();
        send("acme", 12_000);
        count = 2 * COUNT;
        sample();
        Set<Integer> used = filled(send("acme", 6_000), 100);
        assertEquals(12, used.size(), used::toString);
        assertTrue(used.stream().allMatch(p -> p >= COUNT), used::toString);
    }

    @Test
    void aTopicThatWasMadeAgainWithFewerIsFilledAsFarAsItGoes() {
        sample();
        send("acme", 1_000);
        count = 3;
        for (int p = 0; p < ends.length; p++) {
            starts[p] = 0;
            ends[p] = 0;
        }
        sample();
        assertEquals(300, IntStream.of(send("acme", 300)).sum());
    }

    @Test
    void oneAndTwoPartitionsHaveNoReserve() {
        count = 1;
        sample();
        assertEquals(100, send("acme", 100)[0]);
        count = 2;
        sample();
        int[] sent = send("acme", 1_000);
        assertTrue(sent[0] > 400 && sent[1] > 400, () -> sent[0] + " and " + sent[1]);
    }
}
