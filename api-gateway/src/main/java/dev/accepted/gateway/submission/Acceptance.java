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
import java.util.Optional;

/** The 202, and the 200 of a job that has ended before it. */
@ApplicationScoped
class Acceptance {

    private final Instance<AcceptedBody> body;
    private final Clock clock;

    Acceptance(Instance<AcceptedBody> body, Clock clock) {
        this.body = body;
        this.clock = clock;
    }

    /** A job of this very request, that the log has. */
    Accepted now(JobState state, JobTypeDescriptor type) {
        return Accepted.now(document(state, type), state, type);
    }

    /** What is told of a job that the log has. */
    ObjectNode document(JobState state, JobTypeDescriptor type) {
        return body.get().of(state, type);
    }

    /**
     * The answer for a job that the log has.
     *
     * @param type empty where no worker announces it any more
     */
    Response of(Accepted accepted, Optional<JobTypeDescriptor> type, RoutingContext context) {
        ObjectNode document = accepted.document();
        long seconds = retryAfter(accepted);
        Preferences preferred = Preferences.of(context);
        List<String> applied = new ArrayList<>();
        if (preferred.async()) {
            applied.add("respond-async");
        }
        String address = address(document, context);
        Response.ResponseBuilder answer = answer(
                        Response.status(Response.Status.ACCEPTED), document, type, address, preferred, applied)
                .header("Location", address)
                .header("Retry-After", seconds);
        accepted.headers().forEach(answer::header);
        return answer.build();
    }

    /** The answer for a job that has ended while its client waited. */
    Response ended(JobState state, JobTypeDescriptor type, RoutingContext context) {
        Preferences preferred = Preferences.of(context);
        List<String> applied = new ArrayList<>(List.of(preferred.waitApplied()));
        ObjectNode document = document(state, type);
        String address = address(document, context);
        return answer(Response.ok(), document, Optional.of(type), address, preferred, applied)
                .header("ETag", EntityTags.strong(state.version()))
                .build();
    }

    private static String address(ObjectNode document, RoutingContext context) {
        return Origin.of(context) + document.path("status_url").asText();
    }

    private static Response.ResponseBuilder answer(
            Response.ResponseBuilder answer,
            ObjectNode document,
            Optional<JobTypeDescriptor> type,
            String address,
            Preferences preferred,
            List<String> applied) {
        String status = document.path("status_url").textValue();
        boolean minimal = preferred.minimal() && type.isPresent();
        if (minimal) {
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
                .entity(bytes(minimal ? Minimal.of(document, type.get()) : document));
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
