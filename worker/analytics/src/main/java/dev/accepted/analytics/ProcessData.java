package dev.accepted.analytics;

import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.analytics.input.Outline;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.JobHandler;
import dev.accepted.engine.JobType;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds clusters in a data set, or the figures of its columns. */
@ApplicationScoped
@JobType(
        value = "data.process",
        queue = "analytics",
        title = "Process a data set",
        path = "/data/process",
        idPrefix = "analysis",
        receipt = {"position_in_queue", "estimated_start_time"},
        typicalDuration = "PT2S",
        timeout = "PT10M")
class ProcessData implements JobHandler<byte[], AnalysisResult> {

    @Override
    public AnalysisResult run(byte[] body, JobContext job) {
        Course course = new Course(job);
        Outline request = Outline.of(body);
        Analysis analysis = Analysis.askedIn(request);
        Dataset data = request.numbers(body, course.part(0, 0.1));
        return analysis.run(request.datasetName(), data, course.part(0.1, 1));
    }
}
