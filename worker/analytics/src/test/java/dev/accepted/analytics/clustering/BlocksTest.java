package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BlocksTest {

    @Property(tries = 300)
    void allBlocksTogetherGiveEachPairOfNearRowsOnce(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 20) int steps,
            @ForAll @DoubleRange(min = 0, max = 1.5) double squaredDistance,
            @ForAll long seed) {
        Dataset data = Samples.of(stepped(Samples.uniform(rows, width, seed), steps));
        Blocks blocks = new Blocks(data);
        List<String> found = new ArrayList<>();
        for (int block = 0; block < blocks.count(); block++) {
            blocks.pairsFrom(
                    block,
                    squaredDistance,
                    (row, other) -> found.add(Math.min(row, other) + "-" + Math.max(row, other)));
        }
        List<String> expected = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int other = row + 1; other < rows; other++) {
                if (data.isWithin(squaredDistance, row, other)) {
                    expected.add(row + "-" + other);
                }
            }
        }
        assertEquals(
                expected.stream().sorted().toList(), found.stream().sorted().toList());
    }

    @Test
    void rowsFarApartAreNotMeasured() {
        Blocks blocks = new Blocks(Samples.of(Samples.blobs(10, 320, 2, 1, 3)));
        long measured = 0;
        for (int block = 0; block < blocks.count(); block++) {
            measured += blocks.pairsFrom(block, 100, (row, other) -> {});
        }
        assertTrue(measured < 3200L * 3200 / 10, measured + " pairs were measured");
    }

    /** Few different values, so that many rows are equal, or lie exactly where blocks are split. */
    private static double[][] stepped(double[][] rows, int steps) {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row)
                        .map(value -> Math.floor(value * steps) / steps)
                        .toArray())
                .toArray(double[][]::new);
    }
}
