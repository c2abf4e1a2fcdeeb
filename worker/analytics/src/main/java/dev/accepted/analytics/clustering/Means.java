package dev.accepted.analytics.clustering;

import dev.accepted.analytics.dataset.Dataset;

/** The means of clusters. */
final class Means {

    private Means() {}

    static double[][] of(Dataset data, int[] assignments, int clusters) {
        double[][] means = new double[clusters][data.width()];
        int[] seen = new int[clusters];
        for (int row = 0; row < assignments.length; row++) {
            int cluster = assignments[row];
            if (cluster != Partition.NOISE) {
                move(means[cluster], data, row, ++seen[cluster]);
            }
        }
        return means;
    }

    /** A running mean keeps the digits of data far from the origin, where a sum would lose them. */
    private static void move(double[] mean, Dataset data, int row, int seen) {
        for (int c = 0; c < mean.length; c++) {
            mean[c] += (data.values()[row * data.width() + c] - mean[c]) / seen;
        }
    }
}
