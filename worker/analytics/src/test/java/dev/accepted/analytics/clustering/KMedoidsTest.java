package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KMedoidsTest {

    @Property(tries = 300)
    void noSwapOfAMedoidWithAnotherRowHelpsAnyMore(
            @ForAll @IntRange(min = 1, max = 25) int rows,
            @ForAll @IntRange(min = 1, max = 6) int clusters,
            @ForAll long seed) {
        double[][] data = Samples.uniform(rows, 2, seed);
        Partition partition = cluster(data, Math.min(clusters, rows), 1000, seed);
        int[] medoids = partition.medoids().orElseThrow();
        double found = total(data, medoids);
        assertEquals(found, partition.search().orElseThrow().inertia(), 1e-9);
        for (int cluster = 0; cluster < medoids.length; cluster++) {
            for (int row = 0; row < rows; row++) {
                int[] swapped = medoids.clone();
                swapped[cluster] = row;
                assertTrue(found <= total(data, swapped) + 1e-9);
            }
        }
    }

    @Property(tries = 300)
    void everyRowIsWithANearestMedoid(
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 6) int clusters,
            @ForAll long seed) {
        double[][] data = Samples.uniform(rows, 3, seed);
        // One iteration only: it holds where the search was cut off, too.
        Partition partition = cluster(data, Math.min(clusters, rows), 1, seed);
        int[] medoids = partition.medoids().orElseThrow();
        for (int row = 0; row < rows; row++) {
            assertEquals(
                    distance(data[row], data[medoids[partition.assignments()[row]]]), toNearest(data, medoids, row));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void wellSeparatedBlobsAreFoundWhateverTheSeed(long seed) {
        Partition partition = cluster(Samples.blobs(6, 20, 3, 1, seed), 6, 100, seed);
        assertArrayEquals(IntStream.range(0, 120).map(row -> row % 6).toArray(), partition.assignments());
    }

    @Test
    void oneMedoidIsTheRowNearestToAllOthers() {
        double[][] rows = {{0}, {10}, {11}, {12}, {100}};
        Partition partition = cluster(rows, 1, 100, 42);
        assertArrayEquals(new int[] {2}, partition.medoids().orElseThrow());
        assertArrayEquals(new double[] {11}, partition.centroids().get()[0]);
        assertEquals(11 + 1 + 1 + 89, partition.search().orElseThrow().inertia());
    }

    @Test
    void aRowFarOutDoesNotMoveAMedoidAwayFromTheOthers() {
        double[][] rows = {{1}, {2}, {3}, {4}, {90}, {1000}, {1001}, {1002}};
        Partition partition = cluster(rows, 2, 100, 42);
        assertEquals(partition.assignments()[0], partition.assignments()[4]);
        assertArrayEquals(new int[] {2, 6}, partition.medoids().orElseThrow());
    }

    @Test
    void fewerDifferentRowsThanClustersGiveFewerClusters() {
        double[][] rows = {{1}, {2}, {1}, {2}, {2}};
        Partition partition = cluster(rows, 4, 100, 42);
        assertArrayEquals(new int[] {0, 1, 0, 1, 1}, partition.assignments());
        assertArrayEquals(new int[] {2, 3}, partition.sizes());
        assertEquals(0, partition.search().orElseThrow().inertia());
    }

    @Test
    void oneRowIsOneCluster() {
        Partition partition = cluster(new double[][] {{1, 2}}, 1, 100, 42);
        assertArrayEquals(new int[] {0}, partition.medoids().orElseThrow());
    }

    @Test
    void dataFarFromTheOriginHaveTheSameMedoids() {
        double[][] rows = Samples.blobs(4, 30, 2, 1, 3);
        assertArrayEquals(
                cluster(rows, 4, 100, 42).medoids().orElseThrow(),
                cluster(Samples.moved(rows, 1 << 20), 4, 100, 42).medoids().orElseThrow());
    }

    @Test
    void itStopsAtTheLastIterationAllowed() {
        Partition partition = cluster(Samples.uniform(500, 2, 1), 20, 1, 42);
        assertEquals(1, partition.search().orElseThrow().iterations());
        assertEquals(
                Partition.End.ITERATIONS_SPENT, partition.search().orElseThrow().end());
        Partition settled = cluster(Samples.uniform(500, 2, 1), 20, 1000, 42);
        assertEquals(Partition.End.SETTLED, settled.search().orElseThrow().end());
    }

    private static Partition cluster(double[][] rows, int clusters, int iterations, long seed) {
        return new KMedoids(clusters, iterations, seed).cluster(Samples.of(rows), Unwatched.course());
    }

    private static double total(double[][] rows, int[] medoids) {
        return IntStream.range(0, rows.length)
                .mapToDouble(row -> toNearest(rows, medoids, row))
                .sum();
    }

    private static double toNearest(double[][] rows, int[] medoids, int row) {
        return Arrays.stream(medoids)
                .mapToDouble(medoid -> distance(rows[row], rows[medoid]))
                .min()
                .orElseThrow();
    }

    private static double distance(double[] one, double[] other) {
        return Math.sqrt(Dataset.squaredDistance(one, 0, other, 0, one.length));
    }
}
