package dev.accepted.gateway.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.problem.Origin;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;

/** The 202. */
@ApplicationScoped
class Acceptance {

    private final Instance<AcceptedBody> body;
    private final Clock clock;

    Acceptance(Instance<AcceptedBody> body, Clock clock) {
        this.body = body;
        this.clock = clock;
    }

    /** What is told of a job that the log has. */
    ObjectNode document(JobState state, JobTypeDescriptor type) {
        return body.get().of(state, type);
    }

    /** The answer for a job that the log has. */
    Response of(Accepted accepted, RoutingContext context) {
        ObjectNode document = accepted.document();
        String status = document.path("status_url").asText();
        String address = Origin.of(context) + status;
        Response.ResponseBuilder answer = Response.status(Response.Status.ACCEPTED)
                .header("Content-Type", "application/json")
                .header("Location", address)
                .header("Content-Location", address)
                .header("Link", "<" + status + ">; rel=\"monitor\", </openapi>; rel=\"service-desc\"")
                .header("Retry-After", retryAfter(accepted))
                .header("Cache-Control", "no-store")
                .header("Vary", "Prefer, Authorization")
                .entity(bytes(document));
        accepted.headers().forEach(answer::header);
        return answer.build();
    }

    private long retryAfter(Accepted accepted) {
        JsonNode estimate = accepted.document().get("estimated_completion_time");
        Duration left = estimate == null
                ? accepted.typicalDuration()
                : Duration.between(
                        clock.instant(),
                        OffsetDateTime.parse(estimate.textValue()).toInstant());
        return Math.max(1, left.plusMillis(999).toSeconds());
    }

    private static byte[] bytes(ObjectNode document) {
        try {
            return Wire.JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that cannot be written", e);
        }
    }
}
