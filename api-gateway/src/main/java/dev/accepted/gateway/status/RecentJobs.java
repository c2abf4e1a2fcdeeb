package dev.accepted.gateway.status;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import java.util.Optional;

/** The jobs that this gateway has just accepted and whose rows may not be there yet. */
interface RecentJobs {

    Optional<JobState> find(JobId id);
}
