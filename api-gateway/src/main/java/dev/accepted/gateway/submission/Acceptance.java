package dev.accepted.gateway.submission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.preference.Minimal;
import dev.accepted.gateway.preference.Preferences;
import dev.accepted.gateway.problem.Origin;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The 202, and the 200 of a job that has ended before it. */
@ApplicationScoped
class Acceptance {

    private final Instance<AcceptedBody> body;
    private final Clock clock;

    Acceptance(Instance<AcceptedBody> body, Clock clock) {
        this.body = body;
        this.clock = clock;
    }

    /** The answer for a job that the log has. */
    Response of(JobState state, JobTypeDescriptor type, RoutingContext context) {
        ObjectNode document = body.get().of(state, type);
        long seconds = retryAfter(document, type);
        Preferences preferred = Preferences.of(context);
        List<String> applied = new ArrayList<>();
        if (preferred.async()) {
            applied.add("respond-async");
        }
        String address = Origin.of(context) + type.statusUrl(state.id().text());
        return answer(Response.status(Response.Status.ACCEPTED), document, type, address, preferred, applied)
                .header("Location", address)
                .header("Retry-After", seconds)
                .build();
    }

    /** The answer for a job that has ended while its client waited. */
    Response ended(JobState state, JobTypeDescriptor type, RoutingContext context) {
        Preferences preferred = Preferences.of(context);
        List<String> applied = new ArrayList<>(List.of(preferred.waitApplied()));
        String address = Origin.of(context) + type.statusUrl(state.id().text());
        return answer(Response.ok(), body.get().of(state, type), type, address, preferred, applied)
                .header("ETag", EntityTags.strong(state.version()))
                .build();
    }

    private static Response.ResponseBuilder answer(
            Response.ResponseBuilder answer,
            ObjectNode document,
            JobTypeDescriptor type,
            String address,
            Preferences preferred,
            List<String> applied) {
        String status = document.path("status_url").textValue();
        if (preferred.minimal()) {
            applied.add(Minimal.APPLIED);
        } else {
            answer.header("Content-Location", address);
        }
        if (!applied.isEmpty()) {
            answer.header("Preference-Applied", String.join(", ", applied));
        }
        return answer.header("Content-Type", "application/json")
                .header("Link", "<" + status + ">; rel=\"monitor\", </openapi>; rel=\"service-desc\"")
                .header("Cache-Control", "no-store")
                .header("Vary", "Prefer, Authorization")
                .entity(bytes(preferred.minimal() ? Minimal.of(document, type) : document));
    }

    private long retryAfter(ObjectNode document, JobTypeDescriptor type) {
        JsonNode estimate = document.get("estimated_completion_time");
        Duration left = estimate == null
                ? type.typicalDuration()
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
