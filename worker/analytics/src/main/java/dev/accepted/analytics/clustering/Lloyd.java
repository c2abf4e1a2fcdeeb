package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;

/**
 * Lloyd's iterations: each row goes to its nearest centre, then each centre moves to the mean of its rows.
 *
 * <p>A centre moves by the mean of its rows' differences from it, not to the mean of their coordinates: data far from
 * the origin lose no digits, and rows that are equal keep a centre that equals them. A row stays where it is unless
 * another centre is strictly nearer, so ties cannot go round for ever.
 */
final class Lloyd {

    private static final int ROWS_BETWEEN_LOOKS = 1024;

    private final double[] values;
    private final int width;
    private final int clusters;
    private final long distanceCost;
    private final Course course;
    private final double[] centers;
    private final double[] shifts;
    private final int[] sizes;
    private final int[] assignments;
    private double inertia;
    private int moved;
    private int refilled;

    /** @param start the rows that the centres start from; all differ */
    Lloyd(Dataset data, int[] start, Course course) {
        this.values = data.values();
        this.width = data.width();
        this.clusters = start.length;
        this.distanceCost = data.distanceCost();
        this.course = course;
        this.centers = new double[clusters * width];
        this.shifts = new double[clusters * width];
        this.sizes = new int[clusters];
        this.assignments = new int[data.rows()];
        Arrays.fill(assignments, Partition.NOISE);
        for (int cluster = 0; cluster < clusters; cluster++) {
            System.arraycopy(values, start[cluster] * width, centers, cluster * width, width);
        }
        assign();
    }

    /** Goes on until nothing changes any more, or as long as the effort allows. */
    Partition.Search run(Effort effort) {
        int gone = 0;
        while (gone < effort.allowed() && !isSettled()) {
            gone++;
            course.reached(1.0 * gone / effort.allowed(), "iteration " + gone + " of at most " + effort.allowed());
            step();
        }
        return new Partition.Search(gone, effort.end(isSettled()), inertia);
    }

    /** One iteration. Assigns last, so that every row is with its nearest centre whenever the iterations end. */
    void step() {
        recenter();
        assign();
    }

    /** The sum of the squared distances of all rows to their centres. */
    double inertia() {
        return inertia;
    }

    int[] assignments() {
        return assignments;
    }

    /** Centre after centre. */
    double[] centers() {
        return centers;
    }

    private boolean isSettled() {
        boolean couldFill = inertia > 0 && Arrays.stream(sizes).anyMatch(size -> size == 0);
        return moved == 0 && refilled == 0 && !couldFill;
    }

    private void assign() {
        inertia = 0;
        moved = 0;
        Arrays.fill(sizes, 0);
        for (int row = 0; row < assignments.length; row++) {
            if (row % ROWS_BETWEEN_LOOKS == 0) {
                course.spend(ROWS_BETWEEN_LOOKS * distanceCost * clusters);
            }
            assign(row);
        }
    }

    private void assign(int row) {
        int before = assignments[row];
        int best = Math.max(before, 0);
        double least = squaredDistance(row, best);
        for (int cluster = 0; cluster < clusters; cluster++) {
            double distance = squaredDistance(row, cluster);
            if (distance < least) {
                least = distance;
                best = cluster;
            }
        }
        if (best != before) {
            moved++;
            assignments[row] = best;
        }
        sizes[best]++;
        inertia += least;
    }

    private void recenter() {
        Arrays.fill(shifts, 0);
        for (int row = 0; row < assignments.length; row++) {
            int center = assignments[row] * width;
            for (int c = 0; c < width; c++) {
                shifts[center + c] += values[row * width + c] - centers[center + c];
            }
        }
        refillEmpty();
        for (int cluster = 0; cluster < clusters; cluster++) {
            for (int c = 0; sizes[cluster] > 0 && c < width; c++) {
                centers[cluster * width + c] += shifts[cluster * width + c] / sizes[cluster];
            }
        }
    }

    /** A centre that lost all its rows goes to the row that is farthest from its own, where it can only help. */
    private void refillEmpty() {
        refilled = 0;
        for (int cluster = 0; cluster < clusters; cluster++) {
            int row = sizes[cluster] == 0 ? farthestRow() : -1;
            if (row >= 0) {
                System.arraycopy(values, row * width, centers, cluster * width, width);
                // So that the next empty centre finds another row.
                assignments[row] = cluster;
                refilled++;
            }
        }
    }

    /** The row that is farthest from its centre; -1 if each is where its centre is. */
    private int farthestRow() {
        int farthest = -1;
        double most = 0;
        for (int row = 0; row < assignments.length; row++) {
            double distance = squaredDistance(row, assignments[row]);
            if (distance > most) {
                most = distance;
                farthest = row;
            }
        }
        return farthest;
    }

    private double squaredDistance(int row, int cluster) {
        return Dataset.squaredDistance(values, row * width, centers, cluster * width, width);
    }
}
