package dev.accepted.analytics.clustering;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which rows belong together.
 *
 * @param assignments the cluster of each row, from 0, numbered by their first rows; {@link #NOISE}: none
 * @param clusters how many there are; none is empty
 * @param centroids made when asked for, as they can be as large as the data
 * @param medoids the rows in the middle of the clusters, if the algorithm has such
 * @param search how it was found, if by iterations
 */
public record Partition(
        int[] assignments,
        int clusters,
        Supplier<double[][]> centroids,
        Optional<int[]> medoids,
        Optional<Search> search) {

    public static final int NOISE = -1;

    /** Why no further iteration followed. */
    public enum End {
        /** It would have changed nothing. */
        SETTLED,
        /** There were as many as the client allowed. */
        ITERATIONS_SPENT,
        /** There were as many as one job may spend arithmetic on. */
        EFFORT_SPENT
    }

    /**
     * How it was searched.
     *
     * @param iterations gone
     * @param inertia what they made small: over all rows, the distances to the centres; for k-means their squares
     */
    public record Search(int iterations, End end, double inertia) {}

    /** Rows of each cluster. */
    public int[] sizes() {
        int[] sizes = new int[clusters];
        for (int cluster : assignments) {
            if (cluster != NOISE) {
                sizes[cluster]++;
            }
        }
        return sizes;
    }

    /** Rows of no cluster. */
    public int noise() {
        return assignments.length - Arrays.stream(sizes()).sum();
    }
}
