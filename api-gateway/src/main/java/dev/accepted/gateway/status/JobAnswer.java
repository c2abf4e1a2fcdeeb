package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.catalog.StatusRoute;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.estimates.Estimates;
import dev.accepted.gateway.estimates.Outlook;
import dev.accepted.gateway.estimates.RetryAfter;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers how one job stands, the same on every path. */
@Singleton
public class JobAnswer implements StatusRoute {

    private final CurrentCaller current;
    private final JobFinder finder;
    private final ReadRights rights;
    private final Estimates estimates;
    private final JobBody bodies;
    private final RetryAfter retryAfter;

    JobAnswer(
            CurrentCaller current,
            JobFinder finder,
            ReadRights rights,
            Estimates estimates,
            JobBody bodies,
            RetryAfter retryAfter) {
        this.current = current;
        this.finder = finder;
        this.rights = rights;
        this.estimates = estimates;
        this.bodies = bodies;
        this.retryAfter = retryAfter;
    }

    @Override
    public Uni<Response> status(String id, @Nullable String ifNoneMatch) {
        return finder.find(id, current.get().tenant()).map(found -> {
            rights.require(found.type());
            return answer(found, ifNoneMatch);
        });
    }

    /** What happened to a job. */
    Uni<Response> timeline(String id, @Nullable String ifNoneMatch) {
        return finder.find(id, current.get().tenant()).map(found -> {
            rights.require(found.type());
            String tag = EntityTags.strong(found.state().version());
            Response.ResponseBuilder answer = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag)
                    ? Response.notModified()
                    : Response.ok(Timeline.of(found.state()), MediaType.APPLICATION_JSON_TYPE);
            return shared(answer, tag);
        });
    }

    private static Response shared(Response.ResponseBuilder answer, String tag) {
        return answer.header("ETag", tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization")
                .build();
    }

    private Response answer(Sighting found, @Nullable String ifNoneMatch) {
        Optional<Outlook> outlook = estimates.of(found.state(), found.type());
        String tag = EntityTags.strong(found.state().version());
        boolean known = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag);
        Response.ResponseBuilder answer = known ? Response.notModified() : Response.ok(body(found, outlook));
        if (!known) {
            answer.type(MediaType.APPLICATION_JSON_TYPE);
        }
        outlook.ifPresent(expected -> answer.header("Retry-After", retryAfter.secondsUntil(expected.completion())));
        return shared(answer, tag);
    }

    /** A job as the answer to a request that changed it, or will. */
    public Response afterChange(Sighting found, Response.Status status) {
        Optional<Outlook> outlook = estimates.of(found.state(), found.type());
        Response.ResponseBuilder answer =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body(found, outlook));
        outlook.ifPresent(expected -> answer.header("Retry-After", retryAfter.secondsUntil(expected.completion())));
        return answer.header("ETag", EntityTags.strong(found.state().version()))
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization")
                .build();
    }

    private ObjectNode body(Sighting found, Optional<Outlook> outlook) {
        ObjectNode body = bodies.of(found.state(), found.type(), outlook);
        if (!found.typeIsCertain()) {
            body.remove("type");
        }
        return body;
    }
}
