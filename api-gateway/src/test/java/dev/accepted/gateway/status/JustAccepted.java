package dev.accepted.gateway.status;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What this gateway would have accepted a moment ago. */
@Singleton
class JustAccepted implements RecentJobs {

    private final Map<JobId, JobState> jobs = new ConcurrentHashMap<>();

    void add(JobState state) {
        jobs.put(state.id(), state);
    }

    @Override
    public Optional<JobState> find(JobId id) {
        return Optional.ofNullable(jobs.get(id));
    }
}
