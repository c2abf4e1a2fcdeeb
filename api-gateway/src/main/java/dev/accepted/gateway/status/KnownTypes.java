package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Finds the descriptor a job is shown by; a job whose type nobody announces is still shown, by an engine's defaults. */
@Singleton
class KnownTypes {

    private static final String COMMON_PREFIX = "job";

    private final CatalogFollower catalog;

    KnownTypes(CatalogFollower catalog) {
        this.catalog = catalog;
    }

    List<JobTypeDescriptor> all() {
        return catalog.current().all().stream().map(AnnouncedType::descriptor).toList();
    }

    /** The type of that name, announced or not. */
    JobTypeDescriptor named(String type) {
        return catalog.current().byType(type).map(AnnouncedType::descriptor).orElseGet(() -> unannounced(type, type));
    }

    Sighting sighting(JobState state) {
        JobTypeDescriptor type = catalog.current()
                .byType(state.type())
                .map(AnnouncedType::descriptor)
                .orElseGet(() -> unannounced(state.type(), state.queue()));
        return new Sighting(state, type, true);
    }

    /** A job of which there is nothing but its genuine id: shown by what its prefix tells. */
    Sighting sighting(JobId id, String tenant) {
        List<JobTypeDescriptor> possible = all().stream()
                .filter(type -> type.idPrefix().equals(id.prefix()))
                .toList();
        JobTypeDescriptor type = possible.isEmpty() ? unannounced(id.prefix(), id.prefix()) : possible.get(0);
        return new Sighting(JobState.unknown(id, tenant, type.type(), type.queue()), type, possible.size() == 1);
    }

    private static JobTypeDescriptor unannounced(String type, String queue) {
        return new JobTypeDescriptor(
                type,
                queue,
                type,
                null,
                COMMON_PREFIX,
                "job_id",
                "/jobs/{id}",
                ReadRights.SUBMIT_JOBS,
                true,
                0,
                null,
                List.of(),
                List.of(),
                Duration.ofSeconds(1),
                Duration.ofHours(1),
                new RetryPolicy(1, Duration.ofSeconds(1), 2, Duration.ofMinutes(10)),
                JsonNodeFactory.instance.objectNode(),
                null);
    }
}
