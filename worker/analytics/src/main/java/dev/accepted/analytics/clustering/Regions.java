package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;

/**
 * DBSCAN in two passes over the pairs of neighbours: the first counts them, which tells the cores; the second joins the
 * cores that are neighbours, and finds for each other row its nearest core.
 */
final class Regions {

    private static final int NONE = -1;

    private final Dataset data;
    private final Blocks blocks;
    private final double squaredEpsilon;
    private final int minPoints;
    private final int[] neighbours;
    private final Groups groups;
    private final int[] nearestCore;

    Regions(Dataset data, double epsilon, int minPoints) {
        this.data = data;
        this.blocks = new Blocks(data);
        this.squaredEpsilon = epsilon * epsilon;
        this.minPoints = minPoints;
        this.neighbours = new int[data.rows()];
        this.groups = new Groups(data.rows());
        this.nearestCore = new int[data.rows()];
        // A row is its own neighbour.
        Arrays.fill(neighbours, 1);
        Arrays.fill(nearestCore, NONE);
    }

    /** The region of each row, named by one of its rows. */
    int[] find(Course course) {
        eachPair("counting neighbours", course.part(0, 0.5), (row, other) -> {
            neighbours[row]++;
            neighbours[other]++;
        });
        eachPair("joining neighbours", course.part(0.5, 1), this::join);
        int[] regions = new int[data.rows()];
        Arrays.setAll(regions, row -> isCore(row) ? groups.of(row) : regionBeside(row));
        return regions;
    }

    private void eachPair(String what, Course course, Blocks.Pair pair) {
        for (int block = 0; block < blocks.count(); block++) {
            course.reached(1.0 * block / blocks.count(), what + ", block " + block + " of " + blocks.count());
            course.spend(blocks.pairsFrom(block, squaredEpsilon, pair) * data.distanceCost());
        }
    }

    private void join(int row, int other) {
        if (isCore(row) && isCore(other)) {
            groups.join(row, other);
        } else if (isCore(row)) {
            offer(row, other);
        } else if (isCore(other)) {
            offer(other, row);
        }
    }

    /** Equally near cores are told apart by what does not change with the order of the pairs. */
    private void offer(int core, int row) {
        int before = nearestCore[row];
        double distance = data.squaredDistance(row, core);
        double least = before == NONE ? Double.POSITIVE_INFINITY : data.squaredDistance(row, before);
        if (before == NONE || distance < least || (distance == least && core < before)) {
            nearestCore[row] = core;
        }
    }

    private boolean isCore(int row) {
        return neighbours[row] >= minPoints;
    }

    private int regionBeside(int row) {
        return nearestCore[row] == NONE ? Partition.NOISE : groups.of(nearestCore[row]);
    }
}
