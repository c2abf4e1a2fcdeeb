package dev.accepted.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.submission.AcceptedBody;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;

/** Stands in where the application under test has no serializer of its own: id, status and address. */
@DefaultBean
@ApplicationScoped
public class PlainBody implements AcceptedBody {

    @Override
    public ObjectNode of(JobState state, JobTypeDescriptor type) {
        ObjectNode body = Wire.JSON.createObjectNode();
        body.put(type.idMember(), state.id().text());
        body.put("type", state.type());
        body.put("status", state.status().toString());
        body.put("status_url", type.statusUrl(state.id().text()));
        if (state.facts() != null) {
            state.facts().counts().forEach(body::put);
        }
        return body;
    }
}
