package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;
import java.util.Random;

/**
 * Chooses the rows to start from, by k-means++ (Arthur and Vassilvitskii, 2007) in its greedy form: each next row is
 * drawn with the square of its distance to those chosen as its weight, several times, and the draw that brings all rows
 * nearest is taken. That makes it next to impossible to start with two rows in one of several well separated clusters.
 */
final class Seeding {

    private static final int ROWS_BETWEEN_LOOKS = 4096;

    /** What the draws may cost in all: where there are very many rows and clusters, there are fewer draws. */
    private static final long OPERATIONS = 15_000_000_000L;

    private final Dataset data;
    private final Random random;
    private final Course course;
    /** The square of each row's distance to the nearest row chosen. */
    private final double[] nearest;

    private Seeding(Dataset data, Random random, Course course) {
        this.data = data;
        this.random = random;
        this.course = course;
        this.nearest = new double[data.rows()];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /** Rows that all differ: as many as clusters are wanted, or fewer if fewer rows differ. */
    static int[] choose(Dataset data, int clusters, Random random, Course course) {
        return new Seeding(data, random, course).choose(clusters);
    }

    private int[] choose(int clusters) {
        int[] chosen = new int[clusters];
        chosen[0] = random.nextInt(data.rows());
        double potential = take(chosen[0]);
        int draws = draws(clusters);
        for (int found = 1; found < clusters; found++) {
            if (potential == 0) {
                return Arrays.copyOf(chosen, found);
            }
            course.reached(1.0 * found / clusters, "choosing start " + (found + 1) + " of " + clusters);
            chosen[found] = bestOf(draws, potential);
            potential = take(chosen[found]);
        }
        return chosen;
    }

    private int draws(int clusters) {
        long affordable = OPERATIONS / (data.rows() * data.distanceCost() * clusters);
        return (int) Math.max(1, Math.min(2 + (int) Math.log(clusters), affordable));
    }

    private int bestOf(int draws, double potential) {
        int best = draw(potential);
        double least = draws == 1 ? 0 : potentialWith(best);
        for (int i = 1; i < draws; i++) {
            int candidate = draw(potential);
            double with = potentialWith(candidate);
            if (with < least) {
                least = with;
                best = candidate;
            }
        }
        return best;
    }

    private int draw(double potential) {
        double left = random.nextDouble() * potential;
        int last = -1;
        for (int row = 0; row < nearest.length; row++) {
            if (nearest[row] > 0) {
                last = row;
                left -= nearest[row];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    private double potentialWith(int candidate) {
        double potential = 0;
        for (int row = 0; row < nearest.length; row++) {
            lookNowAndThen(row);
            potential += Math.min(nearest[row], data.squaredDistance(row, candidate));
        }
        return potential;
    }

    private double take(int chosen) {
        double potential = 0;
        for (int row = 0; row < nearest.length; row++) {
            lookNowAndThen(row);
            nearest[row] = Math.min(nearest[row], data.squaredDistance(row, chosen));
            potential += nearest[row];
        }
        return potential;
    }

    private void lookNowAndThen(int row) {
        if (row % ROWS_BETWEEN_LOOKS == 0) {
            course.spend(ROWS_BETWEEN_LOOKS * data.distanceCost());
        }
    }
}
