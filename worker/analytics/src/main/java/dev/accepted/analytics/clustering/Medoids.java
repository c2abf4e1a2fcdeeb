package dev.accepted.analytics.clustering;

import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;

/**
 * The medoids, and for each row the nearest and the second nearest of them.
 *
 * <p>Where there is only one, the distance to the second counts as 0 and as farther than any: so the change by a swap
 * comes out as the new total less the old.
 */
final class Medoids {

    private static final int NONE = -1;

    private final Dataset data;
    private final int[] rows;
    private final boolean[] isMedoid;
    private final int[] nearest;
    private final int[] second;
    private final double[] toNearest;
    private final double[] toSecond;
    private final double[] removalLoss;
    private double total;

    Medoids(Dataset data, int[] start) {
        this.data = data;
        this.rows = start.clone();
        this.isMedoid = new boolean[data.rows()];
        this.nearest = new int[data.rows()];
        this.second = new int[data.rows()];
        this.toNearest = new double[data.rows()];
        this.toSecond = new double[data.rows()];
        this.removalLoss = new double[start.length];
        for (int medoid : start) {
            isMedoid[medoid] = true;
        }
        for (int row = 0; row < nearest.length; row++) {
            measure(row);
        }
        sum();
    }

    boolean contains(int row) {
        return isMedoid[row];
    }

    /** The row that is the medoid of a cluster. */
    int row(int cluster) {
        return rows[cluster];
    }

    /** The sum of all rows' distances to their medoids. */
    double total() {
        return total;
    }

    /** The nearest medoid's cluster for each row. */
    int[] assignments() {
        return nearest.clone();
    }

    /** For each cluster what the total would grow by if its medoid were none and its rows went to their second nearest. */
    void copyRemovalLoss(double[] to) {
        System.arraycopy(removalLoss, 0, to, 0, to.length);
    }

    /**
     * What a row adds to the change of the total if a candidate at that distance became a medoid.
     *
     * @param change takes what holds only if the candidate replaces the row's own medoid
     * @return what holds whichever medoid it replaces
     */
    double changeBy(int row, double distance, double[] change) {
        if (distance < toNearest[row]) {
            change[nearest[row]] += toNearest[row] - toSecond[row];
            return distance - toNearest[row];
        }
        if (distance < toSecond[row] || second[row] == NONE) {
            change[nearest[row]] += distance - toSecond[row];
        }
        return 0;
    }

    /** @param toCandidate each row's distance to the candidate */
    void swap(int cluster, int candidate, double[] toCandidate) {
        isMedoid[rows[cluster]] = false;
        isMedoid[candidate] = true;
        rows[cluster] = candidate;
        for (int row = 0; row < nearest.length; row++) {
            if (nearest[row] == cluster || second[row] == cluster) {
                measure(row);
            } else {
                offer(row, cluster, toCandidate[row]);
            }
        }
        sum();
    }

    private void measure(int row) {
        nearest[row] = NONE;
        second[row] = NONE;
        toSecond[row] = 0;
        for (int cluster = 0; cluster < rows.length; cluster++) {
            offer(row, cluster, Math.sqrt(data.squaredDistance(row, rows[cluster])));
        }
    }

    private void offer(int row, int cluster, double distance) {
        if (nearest[row] == NONE || distance < toNearest[row]) {
            second[row] = nearest[row];
            toSecond[row] = second[row] == NONE ? 0 : toNearest[row];
            nearest[row] = cluster;
            toNearest[row] = distance;
        } else if (second[row] == NONE || distance < toSecond[row]) {
            second[row] = cluster;
            toSecond[row] = distance;
        }
    }

    private void sum() {
        total = 0;
        Arrays.fill(removalLoss, 0);
        for (int row = 0; row < nearest.length; row++) {
            total += toNearest[row];
            removalLoss[nearest[row]] += toSecond[row] - toNearest[row];
        }
    }
}
