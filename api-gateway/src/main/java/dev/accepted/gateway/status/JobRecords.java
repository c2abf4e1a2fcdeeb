package dev.accepted.gateway.status;

import dev.accepted.contract.job.JobState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the job table; each call sees what is there now. Blocking. */
@ApplicationScoped
class JobRecords implements PanacheRepositoryBase<JobRecord, UUID> {

    private static final int PATIENCE_MILLIS = 5_000;

    /** One job by the key of its row. */
    @ActivateRequestContext
    public Optional<JobState> read(UUID id) {
        // Within one request the session would else answer from its memory, also after the row has moved.
        getEntityManager().clear();
        return findByIdOptional(id).map(JobRecord::state);
    }

    /** The jobs that a filter lets through, newest first. */
    @ActivateRequestContext
    public List<JobState> read(JobFilter filter, int most) {
        getEntityManager().clear();
        return find(filter.condition(), Sort.descending("id"), filter.parameters())
                .withHint("jakarta.persistence.query.timeout", PATIENCE_MILLIS)
                .page(0, most)
                .stream()
                .map(JobRecord::state)
                .toList();
    }
}
