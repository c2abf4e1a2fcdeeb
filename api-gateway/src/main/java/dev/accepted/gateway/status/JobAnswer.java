package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.catalog.StatusRoute;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.estimates.Estimates;
import dev.accepted.gateway.estimates.Outlook;
import dev.accepted.gateway.estimates.RetryAfter;
import dev.accepted.gateway.preference.Minimal;
import dev.accepted.gateway.preference.Preferences;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.watching.Waits;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private final Waits waits;

    JobAnswer(
            CurrentCaller current,
            JobFinder finder,
            ReadRights rights,
            Estimates estimates,
            JobBody bodies,
            RetryAfter retryAfter,
            Waits waits) {
        this.current = current;
        this.finder = finder;
        this.rights = rights;
        this.estimates = estimates;
        this.bodies = bodies;
        this.retryAfter = retryAfter;
        this.waits = waits;
    }

    @Override
    public Uni<Response> status(String id, RoutingContext request) {
        Preferences preferred = Preferences.of(request);
        @Nullable String ifNoneMatch = request.request().getHeader("If-None-Match");
        return finder.find(id, current.get().tenant())
                .chain(found -> {
                    rights.require(found.type());
                    return preferred.waits()
                            ? whenNew(found, ifNoneMatch, preferred.patience())
                            : Uni.createFrom().item(found);
                })
                .map(found -> {
                    // The id alone may have told another type than the row does.
                    rights.require(found.type());
                    return answer(found, ifNoneMatch, preferred);
                });
    }

    /** The job as soon as it is not what the client knows; a client that knows nothing waits for no job that has ended. */
    private Uni<Sighting> whenNew(Sighting found, @Nullable String ifNoneMatch, Duration atMost) {
        JobState seen = found.state();
        Predicate<JobState> isNew = ifNoneMatch == null
                ? now -> now.version() != seen.version() || now.status().done()
                : now -> !EntityTags.ifNoneMatchHolds(ifNoneMatch, EntityTags.strong(now.version()));
        return waits.until(seen, isNew, atMost).map(now -> now.version() == seen.version() ? found : finder.seen(now));
    }

    /** What happened to a job. */
    Uni<Response> timeline(String id, @Nullable String ifNoneMatch) {
        return finder.find(id, current.get().tenant()).map(found -> {
            rights.require(found.type());
            return timeline(found, ifNoneMatch);
        });
    }

    /** What happened to a job that the caller may read. */
    public static Response timeline(Sighting found, @Nullable String ifNoneMatch) {
        String tag = EntityTags.strong(found.state().version());
        Response.ResponseBuilder answer = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag)
                ? Response.notModified()
                : Response.ok(Timeline.of(found.state()), MediaType.APPLICATION_JSON_TYPE);
        return shared(answer, tag, "Authorization");
    }

    /**
     * How a job stands that the caller may read.
     *
     * @param body asked for unless the client has that version
     */
    public Response version(Sighting found, @Nullable String ifNoneMatch, Supplier<ObjectNode> body) {
        String tag = EntityTags.strong(found.state().version());
        Response.ResponseBuilder answer = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag)
                ? Response.notModified()
                : Response.ok(body.get(), MediaType.APPLICATION_JSON_TYPE);
        estimates
                .of(found.state(), found.type())
                .ifPresent(expected -> answer.header("Retry-After", retryAfter.secondsUntil(expected.completion())));
        return shared(answer, tag, "Authorization");
    }

    private static Response shared(Response.ResponseBuilder answer, String tag, String vary) {
        return answer.header("ETag", tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", vary)
                .build();
    }

    private Response answer(Sighting found, @Nullable String ifNoneMatch, Preferences preferred) {
        Optional<Outlook> outlook = estimates.of(found.state(), found.type());
        String tag = EntityTags.strong(found.state().version());
        boolean known = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag);
        Response.ResponseBuilder answer = known ? Response.notModified() : Response.ok(body(found, outlook, preferred));
        if (!known) {
            answer.type(MediaType.APPLICATION_JSON_TYPE);
        }
        outlook.ifPresent(expected -> answer.header("Retry-After", retryAfter.secondsUntil(expected.completion())));
        preferred.applied().ifPresent(applied -> answer.header("Preference-Applied", applied));
        // Of one version there are two bodies: only the whole one may claim to be it byte for byte.
        String exact = preferred.minimal() ? EntityTags.weak(found.state().version()) : tag;
        return shared(answer, exact, "Prefer, Authorization");
    }

    private ObjectNode body(Sighting found, Optional<Outlook> outlook, Preferences preferred) {
        ObjectNode body = body(found, outlook);
        return preferred.minimal() ? Minimal.of(body, found.type()) : body;
    }

    /** Makes sure that the caller may read jobs of that type; else a problem, 401 or 403. */
    public void requireReadable(JobTypeDescriptor type) {
        rights.require(type);
    }

    /** A job as every answer shows it. */
    public ObjectNode body(Sighting found) {
        return body(found, estimates.of(found.state(), found.type()));
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
