package dev.accepted.analytics;

import dev.accepted.analytics.clustering.Clusterer;
import dev.accepted.analytics.clustering.Dbscan;
import dev.accepted.analytics.clustering.KMeans;
import dev.accepted.analytics.clustering.KMedoids;
import dev.accepted.analytics.clustering.Partition;
import dev.accepted.analytics.clustering.Silhouette;
import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.input.Outline;
import dev.accepted.analytics.input.Parameters;
import dev.accepted.engine.InputRejected;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows belong together.
 *
 * @param requestedClusters null if the algorithm finds out itself how many there are
 * @param seed what chance starts from, in the algorithm and in the silhouette's sample
 */
record ClusteringAnalysis(Clusterer clusterer, @Nullable Integer requestedClusters, long seed) implements Analysis {

    static final String TYPE = "clustering";

    private static final int MOST_CLUSTERS = 1000;
    private static final int MOST_ITERATIONS = 100_000;
    private static final int USUAL_ITERATIONS = 100;
    private static final long USUAL_SEED = 42;
    /** The whole numbers that JSON carries everywhere without loss. */
    private static final long LARGEST_SEED = (1L << 53) - 1;

    static ClusteringAnalysis askedIn(Outline request) {
        ClusteringAnalysis analysis = of(request.parameters());
        int rows = request.shape().rows();
        if (rows > analysis.clusterer.mostRows()) {
            throw new InputRejected(
                    "/data",
                    "There are " + rows + " rows; " + analysis.clusterer.algorithm() + " takes at most "
                            + analysis.clusterer.mostRows() + ". k-means takes any number.");
        }
        if (analysis.requestedClusters != null && analysis.requestedClusters > rows) {
            throw new InputRejected(
                    "/parameters/clusters",
                    "There are only " + rows + " rows to be put into " + analysis.requestedClusters + " clusters.");
        }
        return analysis;
    }

    private static ClusteringAnalysis of(Parameters parameters) {
        long seed = parameters.longOr(USUAL_SEED, "seed", -LARGEST_SEED, LARGEST_SEED);
        return switch (parameters.text("algorithm")) {
            case "k-means" -> {
                int clusters = clusters(parameters);
                yield new ClusteringAnalysis(new KMeans(clusters, iterations(parameters), seed), clusters, seed);
            }
            case "k-medoids" -> {
                int clusters = clusters(parameters);
                yield new ClusteringAnalysis(new KMedoids(clusters, iterations(parameters), seed), clusters, seed);
            }
            case "dbscan" ->
                new ClusteringAnalysis(
                        new Dbscan(
                                parameters.positive("epsilon"), parameters.integer("min_points", 1, Integer.MAX_VALUE)),
                        null,
                        seed);
            default ->
                throw new InputRejected("/parameters/algorithm", "algorithm must be k-means, k-medoids or dbscan.");
        };
    }

    private static int clusters(Parameters parameters) {
        return parameters.integer("clusters", 1, MOST_CLUSTERS);
    }

    private static int iterations(Parameters parameters) {
        return parameters.integerOr(USUAL_ITERATIONS, "iterations", 1, MOST_ITERATIONS);
    }

    @Override
    public ClusteringResult run(String datasetName, Dataset data, Course course) {
        Partition partition = clusterer.cluster(data, course.part(0, 0.8));
        Optional<Silhouette> silhouette = Silhouette.of(data, partition, seed, course.part(0.8, 1));
        return ClusteringResult.of(Subject.of(datasetName, TYPE, data), this, partition, silhouette.orElse(null));
    }
}
