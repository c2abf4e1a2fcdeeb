package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class KMeansPropertiesTest {

    @Property(tries = 500)
    void everyRowIsWithANearestCentroid(
            @ForAll("rows") double[][] rows, @ForAll @IntRange(min = 1, max = 8) int clusters, @ForAll long seed) {
        Partition partition = cluster(rows, Math.min(clusters, rows.length), seed);
        double[][] centroids = partition.centroids().get();
        for (int row = 0; row < rows.length; row++) {
            double own = squaredDistance(rows[row], centroids[partition.assignments()[row]]);
            for (double[] centroid : centroids) {
                assertTrue(own <= squaredDistance(rows[row], centroid));
            }
        }
    }

    @Property(tries = 500)
    void noIterationRaisesTheInertia(
            @ForAll("rows") double[][] rows, @ForAll @IntRange(min = 1, max = 8) int clusters, @ForAll long seed) {
        Dataset data = Samples.of(rows);
        int[] start = Seeding.choose(data, clusters, new Random(seed), Unwatched.course());
        Lloyd lloyd = new Lloyd(data, start, Unwatched.course());
        for (int i = 0; i < 20; i++) {
            double before = lloyd.inertia();
            lloyd.step();
            assertTrue(lloyd.inertia() <= before * (1 + 1e-12), before + " rose to " + lloyd.inertia());
        }
    }

    @Property(tries = 1000)
    void asManyClustersComeBackAsRowsDifferButNoMoreThanAskedFor(
            @ForAll("crowdedRows") double[][] rows,
            @ForAll @IntRange(min = 1, max = 12) int clusters,
            @ForAll long seed) {
        Partition partition = cluster(rows, clusters, seed);
        assertEquals(Math.min(clusters, different(rows)), partition.clusters());
        assertTrue(Arrays.stream(partition.sizes()).allMatch(size -> size > 0));
    }

    @Property(tries = 200)
    void theOrderOfTheRowsDoesNotMatterForSeparateBlobs(
            @ForAll @IntRange(min = 2, max = 8) int corners, @ForAll long order, @ForAll long seed) {
        double[][] rows = Samples.blobs(corners, 12, 2, 1, seed);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, rows.length).boxed().toList());
        Collections.shuffle(shuffled, new Random(order));
        double[][] other = shuffled.stream().map(row -> rows[row]).toArray(double[][]::new);

        int[] one = cluster(rows, corners, seed).assignments();
        int[] two = cluster(other, corners, seed).assignments();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(one[shuffled.get(i)] == one[shuffled.get(j)], two[i] == two[j]);
            }
        }
    }

    @Property(tries = 200)
    void movingAllRowsMovesTheCentroids(
            @ForAll("rows") double[][] rows,
            @ForAll @IntRange(min = 1, max = 5) int clusters,
            @ForAll @IntRange(min = -1_000_000, max = 1_000_000) int by) {
        // The numbers are whole, so that moving them loses nothing.
        Partition here = cluster(rows, clusters, 1);
        Partition there = cluster(Samples.moved(rows, by), clusters, 1);
        assertArrayEquals(here.assignments(), there.assignments());
        double[][] back = Samples.moved(there.centroids().get(), -by);
        for (int cluster = 0; cluster < here.clusters(); cluster++) {
            assertArrayEquals(here.centroids().get()[cluster], back[cluster], 1e-8);
        }
    }

    @Provide
    Arbitrary<double[][]> rows() {
        return rows(Arbitraries.integers().between(-1000, 1000));
    }

    @Provide
    Arbitrary<double[][]> crowdedRows() {
        return rows(Arbitraries.integers().between(0, 3));
    }

    private static Arbitrary<double[][]> rows(Arbitrary<Integer> values) {
        Arbitrary<Integer> widths = Arbitraries.integers().between(1, 6);
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 40);
        return Combinators.combine(widths, counts)
                .as((width, count) -> values.map(Integer::doubleValue)
                        .list()
                        .ofSize(width)
                        .map(row -> row.stream().mapToDouble(value -> value).toArray())
                        .array(double[][].class)
                        .ofSize(count))
                .flatMap(arbitrary -> arbitrary);
    }

    private static Partition cluster(double[][] rows, int clusters, long seed) {
        return new KMeans(clusters, 1000, seed).cluster(Samples.of(rows), Unwatched.course());
    }

    private static double squaredDistance(double[] one, double[] other) {
        return Dataset.squaredDistance(one, 0, other, 0, one.length);
    }

    private static long different(double[][] rows) {
        return Arrays.stream(rows).map(Arrays::toString).distinct().count();
    }
}
