package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * How well clusters are apart (Rousseeuw, 1987): near 1 if rows are much nearer to those of their own cluster than to
 * those of the next, around 0 if they are between two, below 0 if they are with the wrong one. Noise does not count.
 *
 * @param mean over the rows looked at
 * @param rows how many were looked at
 */
public record Silhouette(double mean, int rows) {

    /** Every pair is measured, so of larger data sets a sample of so many rows stands for all. */
    private static final int MOST_ROWS = 10_000;

    /** What the pairs may cost in all: with more than 40 columns, the sample is smaller. */
    private static final long MOST_OPERATIONS = 4_000_000_000L;

    /**
     * Measures how well the clusters of a partition are apart.
     *
     * @param seed what the sample is drawn with
     * @return empty where fewer than two clusters are to be compared
     */
    public static Optional<Silhouette> of(Dataset data, Partition partition, long seed, Course course) {
        int[] sample = sample(partition.assignments(), mostRows(data.width()), new Random(seed));
        int[] sizes = new int[partition.clusters()];
        for (int row : sample) {
            sizes[partition.assignments()[row]]++;
        }
        if (Arrays.stream(sizes).filter(size -> size > 0).count() < 2) {
            return Optional.empty();
        }
        double sum = 0;
        for (int i = 0; i < sample.length; i++) {
            if (i % 100 == 0) {
                course.reached(1.0 * i / sample.length, "silhouette, row " + i + " of " + sample.length);
            }
            course.spend(sample.length * data.distanceCost());
            sum += width(data, partition.assignments(), sample, sizes, sample[i]);
        }
        return Optional.of(new Silhouette(sum / sample.length, sample.length));
    }

    static int mostRows(int width) {
        return (int) Math.min(MOST_ROWS, Math.sqrt(1.0 * MOST_OPERATIONS / width));
    }

    /** All rows of clusters, or each with the same chance (reservoir sampling). */
    private static int[] sample(int[] assignments, int most, Random random) {
        int[] sample = new int[Math.min(assignments.length, most)];
        int seen = 0;
        for (int row = 0; row < assignments.length; row++) {
            if (assignments[row] == Partition.NOISE) {
                continue;
            }
            int place = seen < sample.length ? seen : random.nextInt(seen + 1);
            if (place < sample.length) {
                sample[place] = row;
            }
            seen++;
        }
        return Arrays.copyOf(sample, Math.min(seen, sample.length));
    }

    private static double width(Dataset data, int[] assignments, int[] sample, int[] sizes, int row) {
        int own = assignments[row];
        if (sizes[own] == 1) {
            return 0;
        }
        double[] distances = new double[sizes.length];
        for (int other : sample) {
            distances[assignments[other]] += Math.sqrt(data.squaredDistance(row, other));
        }
        double within = distances[own] / (sizes[own] - 1);
        double between = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < sizes.length; cluster++) {
            if (cluster != own && sizes[cluster] > 0) {
                between = Math.min(between, distances[cluster] / sizes[cluster]);
            }
        }
        double larger = Math.max(within, between);
        return larger == 0 ? 0 : (between - within) / larger;
    }
}
