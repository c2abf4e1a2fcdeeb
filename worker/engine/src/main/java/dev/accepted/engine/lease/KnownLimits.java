package dev.accepted.engine.lease;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Limit;
import dev.accepted.store.concurrency.Group;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The limits that operators have set, as the last renewal told: a batch that none of them concerns is claimed as if there
 * were none. How much room they leave is looked at with the claim. Safe for use by many threads.
 */
@Singleton
public class KnownLimits {

    private volatile Set<Limit> set = Set.of();

    void heard(Set<Limit> limits) {
        set = Set.copyOf(limits);
    }

    /** Whether a command's job is under a limit. */
    public boolean concern(JobCommand command) {
        Set<Limit> known = set;
        return !known.isEmpty()
                && new Group(command.tenant(), command.queue(), command.type())
                        .possible().stream().anyMatch(known::contains);
    }
}
