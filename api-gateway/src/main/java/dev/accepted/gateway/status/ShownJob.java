package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.estimates.Estimates;
import dev.accepted.gateway.submission.AcceptedBody;
import jakarta.inject.Singleton;

/** A job's body with what is to be expected of it now. */
@Singleton
class ShownJob implements AcceptedBody {

    private final JobBody body;
    private final Estimates estimates;

    ShownJob(JobBody body, Estimates estimates) {
        this.body = body;
        this.estimates = estimates;
    }

    @Override
    public ObjectNode of(JobState state, JobTypeDescriptor type) {
        return body.of(state, type, estimates.of(state, type));
    }
}
