package dev.accepted.gateway.catalog;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import java.util.List;
import java.util.Optional;

/** The job types that workers have announced. */
public interface Catalog {

    Optional<JobTypeDescriptor> byType(String type);

    List<JobTypeDescriptor> all();
}
