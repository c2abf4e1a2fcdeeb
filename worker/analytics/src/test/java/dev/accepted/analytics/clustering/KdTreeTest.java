package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class KdTreeTest {

    @Property(tries = 300)
    void aSearchFindsTheRowsWithinReachThatWereNotTakenOut(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 20) int steps,
            @ForAll @DoubleRange(min = 0, max = 1) double distance,
            @ForAll long seed) {
        Dataset data = Samples.of(stepped(Samples.uniform(rows, width, seed), steps));
        KdTree tree = new KdTree(data, Unwatched.course());
        Random random = new Random(seed);
        boolean[] gone = new boolean[rows];
        for (int row = 0; row < rows; row++) {
            gone[row] = random.nextInt(3) == 0;
            if (gone[row]) {
                tree.remove(row);
            }
        }
        for (int row = 0; row < rows; row++) {
            int[] found = new int[rows];
            int count = tree.within(distance, row, found);
            assertEquals(
                    expected(data, row, distance, gone),
                    Arrays.stream(found, 0, count).boxed().collect(Collectors.toSet()));
        }
    }

    @Property(tries = 100)
    void aSearchEndsWhenItHasFoundEnough(
            @ForAll @IntRange(min = 1, max = 300) int rows, @ForAll @IntRange(min = 1, max = 50) int enough) {
        KdTree tree = new KdTree(Samples.of(Samples.uniform(rows, 2, 1)), Unwatched.course());
        assertEquals(Math.min(rows, enough), tree.within(10, 0, new int[enough]));
    }

    /** Few different values, so that many rows lie exactly on a split. */
    private static double[][] stepped(double[][] rows, int steps) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row)
                        .map(v -> Math.floor(v * steps) / steps)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Set<Integer> expected(Dataset data, int row, double distance, boolean[] gone) {
        return IntStream.range(0, data.rows())
                .filter(other -> !gone[other] && data.squaredDistance(row, other) <= distance * distance)
                .boxed()
                .collect(Collectors.toSet());
    }
}
