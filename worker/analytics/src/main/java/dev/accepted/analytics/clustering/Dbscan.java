package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import java.util.Optional;

/**
 * Finds dense regions of any form (Ester, Kriegel, Sander and Xu, 1996). Rows near a core but not of one go with the
 * nearest core, not with the one found first, so that the order of the rows does not matter.
 *
 * @param epsilon distance up to which rows are neighbours, above 0
 * @param minPoints neighbours, itself included, that make a row part of a core
 */
public record Dbscan(double epsilon, int minPoints) implements Clusterer {

    /** Where all rows are each other's neighbours, every pair is measured. */
    public static final int MOST_ROWS = 20_000;

    @Override
    public String algorithm() {
        return "dbscan";
    }

    @Override
    public int mostRows() {
        return MOST_ROWS;
    }

    @Override
    public Partition cluster(Dataset data, Course course) {
        int[] assignments = new Regions(data, epsilon, minPoints).find(course);
        int clusters = Numbering.apply(assignments, data.rows()).clusters();
        return new Partition(
                assignments, clusters, () -> Means.of(data, assignments, clusters), Optional.empty(), Optional.empty());
    }
}
