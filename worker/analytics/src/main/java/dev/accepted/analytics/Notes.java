package dev.accepted.analytics;

import dev.accepted.analytics.clustering.Partition;
import dev.accepted.analytics.clustering.Silhouette;
import dev.accepted.analytics.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences for the client about what came out differently than asked for, and what can be done about it. */
final class Notes {

    private final List<String> notes = new ArrayList<>();

    private Notes() {}

    static List<String> on(
            Subject subject,
            ClusteringAnalysis asked,
            Partition partition,
            @Nullable Silhouette silhouette,
            boolean showsCentroids) {
        Notes notes = new Notes();
        notes.onClusters(asked.requestedClusters(), partition);
        partition.search().ifPresent(search -> notes.onSearch(search.end(), search.iterations()));
        notes.onSilhouette(silhouette, partition);
        notes.addIf(
                !showsCentroids,
                "The centroids are left out: %d of %d numbers each would be larger than the data."
                        .formatted(partition.clusters(), subject.dimensions()));
        return notes.notes;
    }

    static List<String> on(Subject subject, Summary summary) {
        Notes notes = new Notes();
        boolean single = subject.points() == 1;
        notes.addIf(single, "There is one row only, so there is neither a standard deviation nor a correlation.");
        notes.addIf(
                !single && summary.correlation().isEmpty(),
                "There are %d columns; correlations are worked out for up to %d. Name fewer in parameters.columns."
                        .formatted(subject.dimensions(), Summary.MOST_CORRELATED));
        notes.addIf(
                !single && summary.columns().stream().anyMatch(column -> column.min() == column.max()),
                "A column whose rows are all equal has no correlation with others: it is null there.");
        return notes.notes;
    }

    private void onClusters(@Nullable Integer requested, Partition partition) {
        addIf(
                requested != null && partition.clusters() < requested,
                "%d clusters were asked for, but only %d came back: no more rows differ."
                        .formatted(requested, partition.clusters()));
        addIf(
                partition.clusters() == 0,
                "All rows are noise: no row has min_points rows within epsilon. Try a larger epsilon.");
    }

    private void onSearch(Partition.End end, int iterations) {
        addIf(
                end == Partition.End.ITERATIONS_SPENT,
                "The last of %d iterations still changed something; more may lower the inertia.".formatted(iterations));
        addIf(
                end == Partition.End.EFFORT_SPENT,
                "Only %d iterations fit into the work that one job may do, and the last still changed something; fewer"
                                .formatted(iterations)
                        + " rows or clusters leave room for more.");
    }

    private void onSilhouette(@Nullable Silhouette silhouette, Partition partition) {
        if (silhouette == null) {
            notes.add("There is no silhouette: it compares rows of at least two clusters.");
            return;
        }
        int noise = partition.noise();
        addIf(
                silhouette.rows() < partition.assignments().length - noise,
                "The silhouette is that of a sample of %d rows, drawn with the seed.".formatted(silhouette.rows()));
        addIf(noise > 0, "The silhouette leaves out the noise.");
    }

    private void addIf(boolean holds, String note) {
        if (holds) {
            notes.add(note);
        }
    }
}
