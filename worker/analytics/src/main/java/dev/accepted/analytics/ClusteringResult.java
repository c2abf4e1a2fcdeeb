package dev.accepted.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.accepted.analytics.clustering.Partition;
import dev.accepted.analytics.clustering.Silhouette;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clusters of a data set, numbered from 0 by their first rows.
 *
 * @param requestedClusters absent for dbscan
 * @param clusters how many came back
 * @param search how the iterations ended; absent for dbscan
 * @param silhouette absent where there are fewer than two clusters
 * @param centroids of each cluster, the mean of its rows, or its medoid
 * @param medoids for k-medoids: the row, from 0, that is each cluster's medoid
 * @param sizes rows of each cluster
 * @param noise for dbscan: rows of no cluster
 * @param assignments the cluster of each row; -1: noise
 * @param notes sentences about what came out differently than asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusteringResult(
        @JsonUnwrapped Subject subject,
        String algorithm,
        long seed,
        @Nullable Integer requestedClusters,
        int clusters,
        @JsonUnwrapped @Nullable Search search,
        @JsonUnwrapped @Nullable Separation silhouette,
        double @Nullable [][] centroids,
        int @Nullable [] medoids,
        int[] sizes,
        @Nullable Integer noise,
        int[] assignments,
        List<String> notes)
        implements AnalysisResult {

    /** So many numbers are 10 MB of JSON; more would be larger than the request. */
    static final int MOST_CENTROID_NUMBERS = 500_000;

    /**
     * How the iterations ended.
     *
     * @param inertia k-means: the sum of the squared distances of the rows to their centroids; k-medoids: of the distances
     *     to their medoids
     */
    public record Search(int iterations, boolean converged, double inertia) {}

    /** How well the clusters are apart, over all rows or a sample of them. */
    public record Separation(
            @JsonProperty("silhouette") double mean,
            @JsonProperty("silhouette_sample_size") int rows) {}

    static ClusteringResult of(
            Subject subject, ClusteringAnalysis asked, Partition partition, @Nullable Silhouette silhouette) {
        boolean showCentroids = (long) partition.clusters() * subject.dimensions() <= MOST_CENTROID_NUMBERS;
        boolean countsNoise = asked.requestedClusters() == null;
        return new ClusteringResult(
                subject,
                asked.clusterer().algorithm(),
                asked.seed(),
                asked.requestedClusters(),
                partition.clusters(),
                partition.search().map(ClusteringResult::shown).orElse(null),
                silhouette == null ? null : new Separation(silhouette.mean(), silhouette.rows()),
                showCentroids ? partition.centroids().get() : null,
                partition.medoids().orElse(null),
                partition.sizes(),
                countsNoise ? partition.noise() : null,
                partition.assignments(),
                Notes.on(subject, asked, partition, silhouette, showCentroids));
    }

    private static Search shown(Partition.Search search) {
        return new Search(search.iterations(), search.end() == Partition.End.SETTLED, search.inertia());
    }
}
