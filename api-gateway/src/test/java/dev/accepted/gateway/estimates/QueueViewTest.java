package dev.accepted.gateway.estimates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.estimates.QueueSample.Span;
import dev.accepted.gateway.estimates.QueueView.Standing;
import dev.accepted.store.lease.WorkerTable.Pool;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueueViewTest {

    private final QueueView view = new QueueView();
    private long now = 1_000;

    /** Written by this gateway: its first answer, at once. */
    private Standing submit(int partition, long offset) {
        now += 10;
        view.appended(partition, offset, now);
        return view.standing(partition, offset, now);
    }

    private void sample(Pool pool, Map<Integer, Span> spans) {
        now += 1_000;
        view.sampled(new QueueSample(spans, pool), now);
    }

    @Test
    void onAnIdleSystemAJobStartsAtOnce() {
        sample(new Pool(1, 0, 1), Map.of(0, new Span(5, 5), 1, new Span(8, 8)));

        Standing first = submit(1, 8);

        assertEquals(0, first.position());
        assertTrue(first.startsNow());
        assertEquals(0, first.rounds());
    }

    @Test
    void behindALongJobOthersQueueInTheOrderTheyCameWhateverTheirPartition() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(5, 5), 1, new Span(8, 8), 2, new Span(0, 0)));

        Standing first = submit(1, 8);
        Standing second = submit(0, 5);
        Standing third = submit(1, 9);
        Standing fourth = submit(2, 0);

        assertEquals(0, first.position());
        assertFalse(first.startsNow());
        assertEquals(1, second.position());
        assertEquals(2, third.position());
        assertEquals(3, fourth.position());
        assertEquals(1, first.rounds());
        assertEquals(3, third.rounds());
    }

    @Test
    void laterJobsDoNotPushBackAnEarlierOne() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(5, 5), 1, new Span(8, 8)));
        submit(0, 5);
        long arrived = now;
        submit(1, 8);
        submit(0, 6);

        assertEquals(0, view.standing(0, 5, arrived).position());

        sample(new Pool(1, 1, 1), Map.of(0, new Span(5, 7), 1, new Span(8, 9)));
        assertEquals(0, view.standing(0, 5, arrived).position());
    }

    @Test
    void beforeTheNextSampleTheFreeSlotIsTakenByTheFirst() {
        sample(new Pool(1, 0, 1), Map.of(0, new Span(5, 5)));

        assertTrue(submit(0, 5).startsNow());
        Standing second = submit(0, 6);
        assertFalse(second.startsNow());
        assertEquals(0, second.position());
        assertEquals(1, second.rounds());
        assertEquals(1, submit(0, 7).position());
    }

    @Test
    void whatAWorkerTookIsAheadOfNobodyAndStarts() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(6, 6), 1, new Span(8, 8)));

        Standing taken = view.standing(0, 5, now);

        assertEquals(0, taken.position());
        assertTrue(taken.startsNow());
    }

    @Test
    void deepInOnePartitionAtMostAsMuchOfEachOtherIsAhead() {
        sample(new Pool(2, 2, 1), Map.of(0, new Span(0, 1_000), 1, new Span(0, 10), 2, new Span(50, 50)));

        long longAgo = 0;
        assertEquals(400 + 10, view.standing(0, 400, longAgo).position());
        assertEquals(4 + 4, view.standing(0, 4, longAgo).position());
        assertEquals((400 + 10) / 2 + 1, view.standing(0, 400, longAgo).rounds());
    }

    @Test
    void severalSlotsWorkThroughTheQueueTogether() {
        sample(new Pool(4, 4, 1), Map.of(0, new Span(0, 8)));

        assertEquals(1, view.standing(0, 3, now).rounds());
        assertEquals(2, view.standing(0, 4, now).rounds());
    }

    @Test
    void withoutAnyWorkerOneSlotIsAssumed() {
        sample(Pool.NONE, Map.of(0, new Span(0, 3)));

        Standing third = view.standing(0, 2, now);
        assertEquals(2, third.position());
        assertEquals(3, third.rounds());
        assertFalse(third.startsNow());
    }

    @Test
    void beforeAnySampleNothingIsPromised() {
        Standing standing = view.standing(3, 17, now);

        assertEquals(0, standing.position());
        assertFalse(standing.startsNow());
    }

    @Test
    void alsoBeforeAnySampleTheOrderIsKept() {
        submit(0, 7);
        long arrived = now;
        submit(1, 3);
        submit(0, 8);
        long last = now;
        submit(1, 4);

        assertEquals(0, view.standing(0, 7, arrived).position());
        assertEquals(2, view.standing(0, 8, last).position());
    }

    @Test
    void positionsNeverRiseWhileTheQueueIsWorkedOff() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(0, 100), 1, new Span(0, 100)));
        long before = Long.MAX_VALUE;
        for (int taken = 0; taken <= 60; taken++) {
            sample(new Pool(1, 1, 1), Map.of(0, new Span(taken, 100), 1, new Span(taken, 100)));
            long position = view.standing(0, 50, 500).position();
            assertTrue(position <= before);
            before = position;
        }
        assertEquals(0, before);
    }

    @Test
    void afterManyMoreTheOrderOfTheLatestIsStillExact() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(0, 0), 1, new Span(0, 0)));
        for (int i = 0; i < 500; i++) {
            submit(0, i);
        }
        for (int i = 0; i < 300; i++) {
            submit(1, i);
        }
        now += 10;
        view.appended(1, 300, now);
        long arrived = now;
        submit(0, 500);

        assertEquals(800, view.standing(1, 300, arrived).position());
    }

    @Test
    void aJobInAShortPartitionIsNotBehindAllTheManyThatCameBeforeItToOthers() {
        sample(new Pool(1, 1, 1), Map.of(0, new Span(0, 50_000), 1, new Span(0, 50_000), 2, new Span(0, 0)));

        assertTrue(submit(2, 0).position() <= 40);
        assertTrue(submit(2, 1).position() <= 40);
        assertTrue(submit(0, 50_000).position() >= 100_000);
    }

    @Test
    void hoursLaterTheOrderIsStillNearlyRight() {
        long second = 1_000_000;
        for (int i = 0; i <= 3_600; i++) {
            now = i * second;
            view.sampled(
                    new QueueSample(Map.of(0, new Span(0, 10L * i), 1, new Span(0, 10L * i)), new Pool(1, 1, 1)), now);
        }

        // Each partition took ten a second: whoever came after half an hour has 18,000 of each ahead.
        long position = view.standing(0, 18_000, 1_800 * second).position();
        assertTrue(Math.abs(36_000 - position) <= 20, () -> "position " + position);
    }
}
