package dev.accepted.analytics.clustering;

import dev.accepted.analytics.course.Course;
import dev.accepted.testkit.RecordingJob;

/** The course of a run that nobody looks at. */
final class Unwatched {

    private Unwatched() {}

    static Course course() {
        return new Course(RecordingJob.of("data.process"));
    }
}
