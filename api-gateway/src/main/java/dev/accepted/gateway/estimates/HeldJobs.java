package dev.accepted.gateway.estimates;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import java.util.Optional;

/** Says where jobs stand that wait for a limit. */
public interface HeldJobs {

    /** Where a job stands that waits for its limit, or will, because others of its like do; empty if it does not. */
    Optional<Place> place(JobState state, Phase.Queued queued);

    /**
     * A place among those that wait for the same limits.
     *
     * @param ahead jobs that came to wait before it
     * @param most how many of them run at once, at least one: when a limit that lets none begin will change, nobody knows
     */
    record Place(long ahead, int most) {}
}
