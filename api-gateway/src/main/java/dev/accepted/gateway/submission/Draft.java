package dev.accepted.gateway.submission;

import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.quota.Quotas;
import dev.accepted.gateway.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A job that passed every check and has no id yet.
 *
 * @param input its bytes; none once a claim check stands for them
 */
record Draft(
        Caller caller,
        AnnouncedType type,
        JobFacts facts,
        byte[] input,
        @Nullable DataRef dataRef) {

    /**
     * Counts it against what its tenant may.
     *
     * @throws dev.accepted.gateway.problem.Problem 429
     */
    void admitTo(Quotas quotas) {
        quotas.admit(caller, type.descriptor(), 1, dataRef == null ? input.length : dataRef.sizeBytes());
    }
}
