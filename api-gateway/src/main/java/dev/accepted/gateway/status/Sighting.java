package dev.accepted.gateway.status;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;

/**
 * A job as it was found.
 *
 * @param type what it is shown by
 * @param typeIsCertain false where several types share its id's prefix and nothing but the id is there
 */
public record Sighting(JobState state, JobTypeDescriptor type, boolean typeIsCertain) {}
