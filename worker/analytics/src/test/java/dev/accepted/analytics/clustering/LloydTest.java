package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import org.junit.jupiter.api.Test;

class LloydTest {

    @Test
    void aCentreThatLosesAllItsRowsFindsOthers() {
        // After one iteration the first centre lies between the others, and all its rows are nearer to one of them.
        Dataset data = Samples.of(new double[][] {{7, 7}, {10, 8}, {0, 8}, {3, 2}, {2, 0}});
        Lloyd lloyd = new Lloyd(data, new int[] {0, 1, 2}, Unwatched.course());
        Partition.Search search = lloyd.run(Effort.of(100, 1));
        int[] assignments = lloyd.assignments();
        assertEquals(3, Numbering.apply(assignments, 3).clusters());
        assertArrayEquals(new int[] {0, 0, 1, 2, 2}, assignments);
        assertEquals(Partition.End.SETTLED, search.end());
        assertEquals(5 + 2.5, search.inertia(), 1e-12);
    }

    @Test
    void theEffortOfOneJobIsLimited() {
        assertEquals(new Effort(100, 100), Effort.of(100, 1000));
        assertEquals(new Effort(100, 15), Effort.of(100, 10_000_000_000L));
        assertEquals(new Effort(100, 1), Effort.of(100, Long.MAX_VALUE));
        assertEquals(Partition.End.EFFORT_SPENT, new Effort(100, 15).end(false));
        assertEquals(Partition.End.SETTLED, new Effort(100, 15).end(true));
    }
}
