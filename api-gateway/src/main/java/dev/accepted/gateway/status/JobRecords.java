package dev.accepted.gateway.status;

import dev.accepted.contract.job.JobState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the job table; each call sees what is there now. Blocking. */
@ApplicationScoped
class JobRecords implements PanacheRepositoryBase<JobRecord, UUID> {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final String PATIENCE = "jakarta.persistence.query.timeout";

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
                .withHint(PATIENCE, PATIENCE_MILLIS)
                .page(0, most)
                .stream()
                .map(JobRecord::state)
                .toList();
    }

    /** The id of the row that comes after so many others that a filter lets through, newest first; empty if none does. */
    @ActivateRequestContext
    public Optional<UUID> idAfter(JobFilter filter, int rows) {
        TypedQuery<UUID> query = getEntityManager()
                .createQuery("select id from JobRecord where " + filter.condition() + " order by id desc", UUID.class);
        filter.parameters().forEach(query::setParameter);
        return query.setHint(PATIENCE, PATIENCE_MILLIS)
                .setFirstResult(rows)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** The jobs of these keys that have rows, newest first. */
    @ActivateRequestContext
    public List<JobState> read(Collection<UUID> ids) {
        getEntityManager().clear();
        return find("id in ?1", Sort.descending("id"), ids).withHint(PATIENCE, PATIENCE_MILLIS).stream()
                .map(JobRecord::state)
                .toList();
    }
}
