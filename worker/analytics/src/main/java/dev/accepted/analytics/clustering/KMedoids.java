package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/**
 * Makes the distances of the rows to the medoids of their clusters small. A medoid is itself a row, and distances are not
 * squared, so single rows far out count less than in k-means.
 *
 * @param clusters how many to look for, at least 1
 * @param iterations the most to go, at least 1; in each, every row is tried as a medoid
 * @param seed what chance starts from
 */
public record KMedoids(int clusters, int iterations, long seed) implements Clusterer {

    /** Each iteration measures every pair of rows. */
    public static final int MOST_ROWS = 10_000;

    @Override
    public String algorithm() {
        return "k-medoids";
    }

    @Override
    public int mostRows() {
        return MOST_ROWS;
    }

    @Override
    public Partition cluster(Dataset data, Course course) {
        int[] start = Seeding.choose(data, clusters, new Random(seed), course.part(0, 0.1));
        FasterPam pam = new FasterPam(data, start, course.part(0.1, 1));
        Effort effort = Effort.of(iterations, data.rows() * data.distanceCost() * data.rows());
        Partition.Search search = pam.run(effort);

        int[] assignments = pam.assignments();
        Numbering numbering = Numbering.apply(assignments, start.length);
        int[] medoids = new int[numbering.clusters()];
        Arrays.setAll(medoids, cluster -> pam.medoid(numbering.old(cluster)));
        return new Partition(
                assignments,
                medoids.length,
                () -> Arrays.stream(medoids).mapToObj(data::row).toArray(double[][]::new),
                Optional.of(medoids),
                Optional.of(search));
    }
}
