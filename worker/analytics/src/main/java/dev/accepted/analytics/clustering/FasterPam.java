package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;

/**
 * Swaps medoids with other rows as long as that brings the rows nearer to them (FasterPAM: Schubert and Rousseeuw, 2021).
 * One look at a candidate's distances tells for all medoids at once what a swap would gain, and the best swap is done at
 * once.
 *
 * <p>Distances are measured anew each time: the table of all of them would not fit into a worker's memory.
 */
final class FasterPam {

    /** Gains smaller than this share of the whole are rounding, which could go round for ever. */
    private static final double NEGLIGIBLE = 1e-12;

    private final Dataset data;
    private final Course course;
    private final Medoids medoids;
    private final double[] toCandidate;
    private final double[] change;

    /** @param start the rows that are medoids at first; all differ */
    FasterPam(Dataset data, int[] start, Course course) {
        this.data = data;
        this.course = course;
        this.medoids = new Medoids(data, start);
        this.toCandidate = new double[data.rows()];
        this.change = new double[start.length];
    }

    /** Goes on until no swap helps any more, or as long as the effort allows. Each iteration tries every row. */
    Partition.Search run(Effort effort) {
        int triedInVain = 0;
        int gone = 0;
        while (gone < effort.allowed() && triedInVain < data.rows()) {
            for (int row = 0; row < data.rows() && triedInVain < data.rows(); row++) {
                report(gone, effort.allowed(), row);
                triedInVain = !medoids.contains(row) && improvesWith(row) ? 0 : triedInVain + 1;
            }
            gone++;
        }
        return new Partition.Search(gone, effort.end(triedInVain >= data.rows()), medoids.total());
    }

    int[] assignments() {
        return medoids.assignments();
    }

    int medoid(int cluster) {
        return medoids.row(cluster);
    }

    private void report(int gone, int iterations, int row) {
        course.spend(data.rows() * data.distanceCost());
        if (row % 256 == 0) {
            // Few iterations are ever needed, so that a share of those allowed would seem to stand still.
            double iteration = gone + 1.0 * row / data.rows();
            course.reached(iteration / (iteration + 2), "iteration " + (gone + 1) + " of at most " + iterations);
        }
    }

    private boolean improvesWith(int candidate) {
        int best = bestSwap(candidate);
        if (change[best] >= -NEGLIGIBLE * medoids.total()) {
            return false;
        }
        medoids.swap(best, candidate, toCandidate);
        return true;
    }

    /** The cluster whose medoid the candidate replaces best; {@code change} then tells what becomes of the total. */
    private int bestSwap(int candidate) {
        medoids.copyRemovalLoss(change);
        double gain = 0;
        for (int row = 0; row < toCandidate.length; row++) {
            double distance = Math.sqrt(data.squaredDistance(row, candidate));
            toCandidate[row] = distance;
            gain += medoids.changeBy(row, distance, change);
        }
        int best = 0;
        for (int cluster = 0; cluster < change.length; cluster++) {
            change[cluster] += gain;
            if (change[cluster] < change[best]) {
                best = cluster;
            }
        }
        return best;
    }
}
