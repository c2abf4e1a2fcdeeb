package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;

/** Writes a job as clients see it: the one body of the 202, of every GET and of list items. */
public interface AcceptedBody {

    ObjectNode of(JobState state, JobTypeDescriptor type);
}
