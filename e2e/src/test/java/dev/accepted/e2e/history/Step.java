package dev.accepted.e2e.history;

import dev.accepted.contract.job.JobState;

/** An event in a job's story, and what it did. */
public record Step(LoggedEvent logged, JobState before, JobState after) {

    /** Whether it moved the job; else it was fenced or a duplicate. */
    public boolean counted() {
        return after.applied() > before.applied();
    }

    /** Whether the job was not finished before and is finished after. */
    public boolean ends() {
        return !before.status().done() && after.status().done();
    }

    public int attempt() {
        return logged.event().attempt();
    }
}
