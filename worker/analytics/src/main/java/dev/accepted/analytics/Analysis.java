package dev.accepted.analytics;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.input.Outline;
import dev.accepted.engine.InputRejected;

/** What is to be found out about a data set. */
sealed interface Analysis permits ClusteringAnalysis, SummaryAnalysis {

    /**
     * Reads what the request asks for.
     *
     * @throws InputRejected it names nothing known, or with parameters that do not go with it
     */
    static Analysis askedIn(Outline request) {
        return switch (request.analysisType()) {
            case ClusteringAnalysis.TYPE -> ClusteringAnalysis.askedIn(request);
            case SummaryAnalysis.TYPE -> new SummaryAnalysis();
            default ->
                throw new InputRejected(
                        "/analysis_type",
                        "analysis_type must be " + ClusteringAnalysis.TYPE + " or " + SummaryAnalysis.TYPE + ".");
        };
    }

    AnalysisResult run(String datasetName, Dataset data, Course course);
}
