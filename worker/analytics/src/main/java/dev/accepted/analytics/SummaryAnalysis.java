package dev.accepted.analytics;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.summary.Summary;

/** The figures of the columns. */
record SummaryAnalysis() implements Analysis {

    static final String TYPE = "summary_statistics";

    @Override
    public SummaryResult run(String datasetName, Dataset data, Course course) {
        return SummaryResult.of(Subject.of(datasetName, TYPE, data), Summary.of(data, course));
    }
}
