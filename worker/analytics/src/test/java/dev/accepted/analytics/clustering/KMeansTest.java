package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.hipparchus.clustering.CentroidCluster;
import org.hipparchus.clustering.DoublePoint;
import org.hipparchus.clustering.KMeansPlusPlusClusterer;
import org.hipparchus.clustering.distance.EuclideanDistance;
import org.hipparchus.random.Well19937a;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KMeansTest {

    @ParameterizedTest
    @CsvSource({"3, 2, 400", "5, 4, 600", "12, 3, 500", "8, 1, 300"})
    void theInertiaIsNoWorseThanThatOfTheLibrary(int clusters, int width, int rows) {
        double[][] data = Samples.uniform(rows, width, 5);
        double own = LongStream.range(0, 20)
                .mapToDouble(seed -> inertia(cluster(data, clusters, 1000, seed)))
                .average()
                .orElseThrow();
        double library = LongStream.range(0, 20)
                .mapToDouble(seed -> libraryInertia(data, clusters, seed))
                .average()
                .orElseThrow();
        assertTrue(own <= library * 1.01, "own " + own + ", library " + library);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void wellSeparatedBlobsAreFoundWhateverTheSeed(long seed) {
        Partition partition = cluster(Samples.blobs(7, 30, 3, 1, seed), 7, 100, seed);
        assertArrayEquals(byCorner(7, 30), partition.assignments());
        assertTrue(partition.search().orElseThrow().end() == Partition.End.SETTLED);
    }

    @Test
    void aCentroidIsTheMeanOfItsRows() {
        double[][] rows = {{0, 0}, {2, 0}, {1, 3}, {50, 50}, {52, 54}};
        Partition partition = cluster(rows, 2, 100, 42);
        assertArrayEquals(new double[] {1, 1}, partition.centroids().get()[0], 1e-12);
        assertArrayEquals(new double[] {51, 52}, partition.centroids().get()[1], 1e-12);
        assertEquals(2 + 6 + 10, inertia(partition), 1e-9);
    }

    @Test
    void equalRowsMakeOneClusterAtExactlyTheirPlace() {
        double[][] rows = new double[1000][];
        Arrays.setAll(rows, row -> new double[] {0.1, 1e15 + 0.3});
        Partition partition = cluster(rows, 4, 100, 42);
        assertEquals(1, partition.clusters());
        assertArrayEquals(rows[0], partition.centroids().get()[0]);
        assertEquals(0, inertia(partition));
    }

    @Test
    void fewerDifferentRowsThanClustersGiveFewerClusters() {
        double[][] rows = {{1}, {2}, {1}, {3}, {2}, {1}};
        Partition partition = cluster(rows, 5, 100, 42);
        assertEquals(3, partition.clusters());
        assertArrayEquals(new int[] {0, 1, 0, 2, 1, 0}, partition.assignments());
        assertArrayEquals(new int[] {3, 2, 1}, partition.sizes());
    }

    @Test
    void oneRowIsOneCluster() {
        Partition partition = cluster(new double[][] {{7}}, 1, 100, 42);
        assertArrayEquals(new int[] {0}, partition.assignments());
        assertArrayEquals(new double[] {7}, partition.centroids().get()[0]);
        assertEquals(0, partition.search().orElseThrow().iterations() - 1);
    }

    @Test
    void dataFarFromTheOriginLoseNoDigits() {
        double[][] near = Samples.blobs(4, 50, 2, 1, 3);
        double[][] far = Samples.moved(near, 1 << 30);
        double[][] expected = cluster(near, 4, 100, 42).centroids().get();
        Partition partition = cluster(far, 4, 100, 42);
        double[][] found = Samples.moved(partition.centroids().get(), -(1 << 30));
        for (int cluster = 0; cluster < 4; cluster++) {
            assertArrayEquals(expected[cluster], found[cluster], 1e-6);
        }
    }

    @Test
    void hugeAndTinyNumbersStayFinite() {
        double[][] rows = {{1e150, -1e150}, {-1e150, 1e150}, {1e-150, 0}, {0, 1e-150}};
        Partition partition = cluster(rows, 3, 100, 42);
        assertEquals(3, partition.clusters());
        assertTrue(Double.isFinite(inertia(partition)));
        assertEquals(partition.assignments()[2], partition.assignments()[3]);
    }

    @Test
    void itStopsAtTheLastIterationAllowed() {
        Partition partition = cluster(Samples.uniform(3000, 2, 1), 30, 2, 42);
        assertEquals(2, partition.search().orElseThrow().iterations());
        assertEquals(
                Partition.End.ITERATIONS_SPENT, partition.search().orElseThrow().end());
    }

    @Test
    void itStopsWhenNothingChangesAnyMore() {
        Partition partition = cluster(Samples.uniform(300, 2, 1), 5, 100_000, 42);
        assertEquals(Partition.End.SETTLED, partition.search().orElseThrow().end());
        assertTrue(partition.search().orElseThrow().iterations() < 100);
    }

    @Test
    void theSameSeedGivesTheSameAnswerAndAnotherMayGiveAnother() {
        double[][] rows = Samples.uniform(500, 3, 9);
        assertArrayEquals(
                cluster(rows, 20, 100, 1).assignments(),
                cluster(rows, 20, 100, 1).assignments());
        assertTrue(inertia(cluster(rows, 20, 100, 1)) != inertia(cluster(rows, 20, 100, 2)));
    }

    private static int[] byCorner(int corners, int rowsEach) {
        int[] expected = new int[corners * rowsEach];
        Arrays.setAll(expected, row -> row % corners);
        return expected;
    }

    private static Partition cluster(double[][] rows, int clusters, int iterations, long seed) {
        Dataset data = Samples.of(rows);
        return new KMeans(clusters, iterations, seed).cluster(data, Unwatched.course());
    }

    private static double inertia(Partition partition) {
        return partition.search().orElseThrow().inertia();
    }

    private static double libraryInertia(double[][] rows, int clusters, long seed) {
        var clusterer =
                new KMeansPlusPlusClusterer<DoublePoint>(clusters, 1000, new EuclideanDistance(), new Well19937a(seed));
        List<CentroidCluster<DoublePoint>> found =
                clusterer.cluster(Arrays.stream(rows).map(DoublePoint::new).toList());
        return found.stream()
                .flatMapToDouble(cluster -> cluster.getPoints().stream()
                        .mapToDouble(point -> Dataset.squaredDistance(
                                point.getPoint(), 0, cluster.getCenter().getPoint(), 0, rows[0].length)))
                .sum();
    }
}
