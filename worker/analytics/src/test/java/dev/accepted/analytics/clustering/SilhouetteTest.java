package dev.accepted.analytics.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.analytics.dataset.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilhouetteTest {

    @Test
    void itIsTheMeanOfHowMuchNearerTheOwnClusterIs() {
        // Rows 0 and 1: own distance 1, to the other cluster 10 and 11, 9 and 10. Row 2 and 3 likewise.
        Silhouette silhouette = of(new double[][] {{0}, {1}, {10}, {11}}, 0, 0, 1, 1);
        assertEquals(((10.5 - 1) / 10.5 + (9.5 - 1) / 9.5) / 2, silhouette.mean(), 1e-12);
        assertEquals(4, silhouette.rows());
    }

    @Test
    void aRowAloneInItsClusterCountsAsZero() {
        Silhouette silhouette = of(new double[][] {{0}, {1}, {10}}, 0, 0, 1);
        assertEquals((9.0 / 10 + 8.0 / 9 + 0) / 3, silhouette.mean(), 1e-12);
    }

    @Test
    void wrongAssignmentsAreBelowZero() {
        assertTrue(of(new double[][] {{0}, {1}, {10}, {11}}, 0, 1, 0, 1).mean() < 0);
    }

    @Test
    void noiseIsLeftOut() {
        Silhouette silhouette = of(new double[][] {{0}, {1}, {5000}, {10}, {11}}, 0, 0, -1, 1, 1);
        assertEquals(4, silhouette.rows());
        assertEquals(of(new double[][] {{0}, {1}, {10}, {11}}, 0, 0, 1, 1).mean(), silhouette.mean());
    }

    @Test
    void equalRowsInTwoClustersAreBetweenThem() {
        assertEquals(0, of(new double[][] {{1}, {1}, {1}, {1}}, 0, 0, 1, 1).mean());
    }

    @Test
    void thereIsNoneForFewerThanTwoClusters() {
        assertEquals(Optional.empty(), maybe(new double[][] {{0}, {1}}, 42, 0, 0));
        assertEquals(Optional.empty(), maybe(new double[][] {{0}, {1}}, 42, -1, -1));
    }

    @Test
    void aSampleStandsForVeryManyRows() {
        double[][] rows = Samples.blobs(4, 3000, 2, 20, 11);
        int[] corners = new int[rows.length];
        for (int row = 0; row < rows.length; row++) {
            corners[row] = row % 4;
        }
        Silhouette one = maybe(rows, 1, corners).orElseThrow();
        Silhouette two = maybe(rows, 2, corners).orElseThrow();
        assertEquals(10_000, one.rows());
        assertEquals(one.mean(), two.mean(), 0.01);
        assertTrue(one.mean() != two.mean());
    }

    @Test
    void theSampleOfWideRowsIsSmaller() {
        assertEquals(10_000, Silhouette.mostRows(40));
        assertEquals(2000, Silhouette.mostRows(1000));
    }

    private static Silhouette of(double[][] rows, int... assignments) {
        return maybe(rows, 42, assignments).orElseThrow();
    }

    private static Optional<Silhouette> maybe(double[][] rows, long seed, int... assignments) {
        int clusters = 0;
        for (int cluster : assignments) {
            clusters = Math.max(clusters, cluster + 1);
        }
        Partition partition =
                new Partition(assignments, clusters, () -> new double[0][], Optional.empty(), Optional.empty());
        return Silhouette.of(Samples.of(rows), partition, seed, Unwatched.course());
    }
}
