package dev.accepted.reports;

import dev.accepted.engine.JobContext;
import dev.accepted.reports.rendering.Milestones;
import java.util.concurrent.CancellationException;

/** Shows each step as the job's progress, and ends the work at the next step once nobody wants it any more. */
record JobMilestones(JobContext job) implements Milestones {

    @Override
    public void reach(double share, String step) {
        if (job.cancelled()) {
            throw new CancellationException("Stopped before " + step + "; the file is not kept");
        }
        job.progress(Math.round(1000 * share) / 10.0, step);
    }
}
