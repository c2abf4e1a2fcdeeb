package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;

/** A way to find clusters, with all its parameters. */
public sealed interface Clusterer permits KMeans, KMedoids, Dbscan {

    /** Its name in requests and results. */
    String algorithm();

    /** The most rows it takes, so that the job ends well within its time. */
    int mostRows();

    Partition cluster(Dataset data, Course course);
}
