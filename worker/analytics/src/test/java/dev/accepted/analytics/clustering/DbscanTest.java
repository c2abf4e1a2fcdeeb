package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.dataset.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.clustering.Cluster;
import org.hipparchus.clustering.DBSCANClusterer;
import org.hipparchus.clustering.DoublePoint;
import org.junit.jupiter.api.Test;

class DbscanTest {

    @Property(tries = 300)
    void coresHangTogetherAsTheLibrarySaysAndTheSameRowsAreNoise(
            @ForAll @IntRange(min = 1, max = 150) int rows,
            @ForAll @IntRange(min = 1, max = 3) int width,
            @ForAll @IntRange(min = 2, max = 6) int minPoints,
            @ForAll @DoubleRange(min = 0.01, max = 0.4) double epsilon,
            @ForAll long seed) {
        double[][] data = Samples.uniform(rows, width, seed);
        int[] own = cluster(data, epsilon, minPoints).assignments();
        int[] library = library(data, epsilon, minPoints);
        List<Integer> cores = IntStream.range(0, rows)
                .filter(row -> neighbours(data, row, epsilon) >= minPoints)
                .boxed()
                .toList();
        for (int one : cores) {
            for (int other : cores) {
                assertEquals(library[one] == library[other], own[one] == own[other]);
            }
        }
        for (int row = 0; row < rows; row++) {
            assertEquals(library[row] == Partition.NOISE, own[row] == Partition.NOISE);
        }
    }

    @Property(tries = 100)
    void theOrderOfTheRowsDoesNotMatter(
            @ForAll @IntRange(min = 2, max = 120) int rows,
            @ForAll @DoubleRange(min = 0.02, max = 0.3) double epsilon,
            @ForAll long seed) {
        double[][] data = Samples.uniform(rows, 2, seed);
        List<Integer> order = new ArrayList<>(IntStream.range(0, rows).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        int[] one = cluster(data, epsilon, 4).assignments();
        int[] two = cluster(order.stream().map(row -> data[row]).toArray(double[][]::new), epsilon, 4)
                .assignments();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < i; j++) {
                assertEquals(one[order.get(i)] == one[order.get(j)], two[i] == two[j]);
            }
        }
    }

    @Test
    void aRingAndItsMiddleAreTwoClusters() {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double angle = 2 * Math.PI * i / 100;
            rows.add(new double[] {10 * Math.cos(angle), 10 * Math.sin(angle)});
            rows.add(new double[] {0.5 * Math.cos(angle), 0.5 * Math.sin(angle)});
        }
        rows.add(new double[] {5, 0});
        Partition partition = cluster(rows.toArray(double[][]::new), 1, 3);
        assertArrayEquals(new int[] {100, 100}, partition.sizes());
        assertEquals(1, partition.noise());
        assertEquals(Partition.NOISE, partition.assignments()[200]);
        assertArrayEquals(new double[] {0, 0}, partition.centroids().get()[0], 1e-9);
    }

    @Test
    void aRowBetweenTwoCoresGoesWithTheNearer() {
        double[][] rows = {{0}, {0.1}, {0.15}, {0.2}, {0.3}, {1.1}, {1.85}, {1.9}, {2.0}, {2.1}, {2.2}};
        Partition partition = cluster(rows, 0.85, 5);
        assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, partition.assignments());
    }

    @Test
    void equalRowsAreOneClusterIfThereAreEnough() {
        double[][] rows = new double[5000][];
        Arrays.fill(rows, new double[] {3, 4});
        assertArrayEquals(new int[] {5000}, cluster(rows, 1e-300, 5000).sizes());
        assertEquals(5000, cluster(rows, 1e300, 5001).noise());
    }

    @Test
    void rowsLessApartThanTheSquareOfADoubleCanTellAreNeighbours() {
        double[][] rows = Samples.uniform(200, 2, 1);
        for (double[] row : rows) {
            row[0] *= 1e-200;
            row[1] *= 1e-200;
        }
        assertEquals(1, cluster(rows, 1e-250, 200).clusters());
    }

    @Test
    void oneRowIsAClusterOnlyIfOnePointSuffices() {
        double[][] rows = {{1, 2, 3}};
        assertEquals(1, cluster(rows, 0.1, 1).clusters());
        assertEquals(0, cluster(rows, 0.1, 2).clusters());
    }

    @Test
    void wellSeparatedBlobsAreFoundInThousandsOfRows() {
        Partition partition = cluster(Samples.blobs(8, 1000, 3, 1, 7), 8, 5);
        assertTrue(Arrays.stream(partition.sizes()).allMatch(size -> size == 1000));
        assertEquals(8, partition.clusters());
    }

    private static Partition cluster(double[][] rows, double epsilon, int minPoints) {
        return new Dbscan(epsilon, minPoints).cluster(Samples.of(rows), Unwatched.course());
    }

    private static int neighbours(double[][] rows, int row, double epsilon) {
        return (int) Arrays.stream(rows)
                .filter(other -> Dataset.squaredDistance(other, 0, rows[row], 0, other.length) <= epsilon * epsilon)
                .count();
    }

    /** The library does not count the row itself among its neighbours. */
    private static int[] library(double[][] rows, double epsilon, int minPoints) {
        List<DoublePoint> points = Arrays.stream(rows).map(DoublePoint::new).toList();
        List<Cluster<DoublePoint>> clusters = new DBSCANClusterer<DoublePoint>(epsilon, minPoints - 1).cluster(points);
        IdentityHashMap<DoublePoint, Integer> clusterOf = new IdentityHashMap<>();
        for (int cluster = 0; cluster < clusters.size(); cluster++) {
            for (DoublePoint point : clusters.get(cluster).getPoints()) {
                clusterOf.put(point, cluster);
            }
        }
        return points.stream()
                .mapToInt(point -> clusterOf.getOrDefault(point, Partition.NOISE))
                .toArray();
    }
}
