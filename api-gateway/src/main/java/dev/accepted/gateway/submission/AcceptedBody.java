package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;

/** Writes the body of a job that was just accepted: the same function that answers a GET. */
public interface AcceptedBody {

    /** The body; must not block. */
    ObjectNode of(JobState state, JobTypeDescriptor type);
}
