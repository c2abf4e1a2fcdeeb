package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the squared distances of the rows to the centroids of their clusters small.
 *
 * @param clusters how many to look for, at least 1
 * @param iterations the most to go, at least 1
 * @param seed what chance starts from
 */
public record KMeans(int clusters, int iterations, long seed) implements Clusterer {

    @Override
    public String algorithm() {
        return "k-means";
    }

    @Override
    public int mostRows() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Partition cluster(Dataset data, Course course) {
        // java.util.Random is the generator whose numbers the platform specifies for good.
        int[] start = Seeding.choose(data, clusters, new Random(seed), course.part(0, 0.3));
        Lloyd lloyd = new Lloyd(data, start, course.part(0.3, 1));
        Effort effort = Effort.of(iterations, data.rows() * data.distanceCost() * start.length);
        return partition(lloyd, lloyd.run(effort), data.width());
    }

    private static Partition partition(Lloyd lloyd, Partition.Search search, int width) {
        int[] assignments = lloyd.assignments();
        double[] centers = lloyd.centers();
        Numbering numbering = Numbering.apply(assignments, centers.length / width);
        double[][] centroids = new double[numbering.clusters()][];
        for (int cluster = 0; cluster < centroids.length; cluster++) {
            int at = numbering.old(cluster) * width;
            centroids[cluster] = Arrays.copyOfRange(centers, at, at + width);
        }
        return new Partition(assignments, centroids.length, () -> centroids, Optional.empty(), Optional.of(search));
    }
}
