package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;

/** The steps of DBSCAN: which rows are cores, which core is nearest to the others, which cores hang together. */
final class Regions {

    private static final int ROWS_BETWEEN_REPORTS = 500;

    private final Dataset data;
    private final double epsilon;
    private final int minPoints;
    private final Course course;
    private final KdTree tree;
    private final boolean[] core;
    /** For a row that is no core the nearest one in reach; itself if there is none. */
    private final int[] nearestCore;

    private final int[] assignments;
    /** What a search finds. */
    private final int[] found;
    /** Cores that were reached and whose neighbours were not yet looked for. */
    private final int[] waiting;

    Regions(Dataset data, double epsilon, int minPoints, Course course) {
        this.data = data;
        this.epsilon = epsilon;
        this.minPoints = minPoints;
        this.course = course;
        this.tree = new KdTree(data, course);
        this.core = new boolean[data.rows()];
        this.nearestCore = new int[data.rows()];
        this.assignments = new int[data.rows()];
        this.found = new int[data.rows()];
        this.waiting = new int[data.rows()];
        Arrays.fill(assignments, Partition.NOISE);
    }

    int[] find() {
        findCores(course.part(0, 0.6));
        findNearestCores(course.part(0.6, 0.8));
        int clusters = 0;
        for (int row = 0; row < core.length; row++) {
            if (core[row] && assignments[row] == Partition.NOISE) {
                spread(row, clusters++, course.part(0.8, 1));
            }
        }
        for (int row = 0; row < core.length; row++) {
            assignments[row] = core[row] ? assignments[row] : assignments[nearestCore[row]];
        }
        return assignments;
    }

    private void findCores(Course part) {
        int[] enough = new int[Math.min(minPoints, core.length)];
        for (int row = 0; row < core.length; row++) {
            report(part, "counting neighbours", row);
            core[row] = tree.within(epsilon, row, enough) >= minPoints;
        }
    }

    /** From here on the tree holds the cores only. */
    private void findNearestCores(Course part) {
        for (int row = 0; row < core.length; row++) {
            if (!core[row]) {
                tree.remove(row);
            }
        }
        for (int row = 0; row < core.length; row++) {
            report(part, "looking for the nearest core", row);
            nearestCore[row] = core[row] ? row : nearest(row, tree.within(epsilon, row, found));
        }
    }

    private int nearest(int row, int count) {
        int nearest = row;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            double distance = data.squaredDistance(row, found[i]);
            if (distance < least || (distance == least && found[i] < nearest)) {
                least = distance;
                nearest = found[i];
            }
        }
        return nearest;
    }

    /** Gives all cores that hang together with this one its cluster. */
    private void spread(int first, int cluster, Course part) {
        part.reached(1.0 * first / core.length, "spreading cluster " + (cluster + 1));
        found[0] = first;
        int size = reach(cluster, 1, 0);
        while (size > 0) {
            int row = waiting[--size];
            size = reach(cluster, tree.within(epsilon, row, found), size);
        }
    }

    /** A core that was reached is taken out of the tree, so that no search ever meets it again. */
    private int reach(int cluster, int count, int size) {
        for (int i = 0; i < count; i++) {
            tree.remove(found[i]);
            assignments[found[i]] = cluster;
            waiting[size + i] = found[i];
        }
        return size + count;
    }

    private void report(Course part, String what, int row) {
        if (row % ROWS_BETWEEN_REPORTS == 0) {
            part.reached(1.0 * row / core.length, what + " of row " + row + " of " + core.length);
        }
    }
}
