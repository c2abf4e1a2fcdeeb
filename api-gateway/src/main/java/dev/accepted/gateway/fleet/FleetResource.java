package dev.accepted.gateway.fleet;

import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.status.FleetPages;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.status.ResultAnswer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** {@code /operations/jobs}: the jobs of all tenants. */
@Path("/operations/jobs")
public class FleetResource {

    private final CurrentCaller current;
    private final FleetPages pages;
    private final JobFinder finder;
    private final JobAnswer answers;
    private final ResultAnswer results;
    private final WholeJob whole;

    FleetResource(
            CurrentCaller current,
            FleetPages pages,
            JobFinder finder,
            JobAnswer answers,
            ResultAnswer results,
            WholeJob whole) {
        this.current = current;
        this.pages = pages;
        this.finder = finder;
        this.answers = answers;
        this.results = results;
        this.whole = whole;
    }

    /** A page of them, newest first. */
    @GET
    public Response page(@Context UriInfo uri, @Context RoutingContext request) {
        allow(request);
        return pages.page(uri.getQueryParameters());
    }

    /** One of them: how it stands, who runs it, where its command lies, and what it was given. */
    @GET
    @Path("/{id}")
    public Uni<Response> one(@PathParam("id") String id, @Context RoutingContext request) {
        allow(request);
        String known = ifNoneMatch(request);
        return finder.findOfAnyTenant(id)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> answers.version(found, known, () -> whole.of(found)));
    }

    /** What happened to it. */
    @GET
    @Path("/{id}/timeline")
    public Uni<Response> timeline(@PathParam("id") String id, @Context RoutingContext request) {
        allow(request);
        String known = ifNoneMatch(request);
        return finder.findOfAnyTenant(id).map(found -> JobAnswer.timeline(found, known));
    }

    /** Where its result lies. */
    @GET
    @Path("/{id}/result")
    public Uni<Response> result(@PathParam("id") String id, @Context RoutingContext request) {
        allow(request);
        return results.resultOfAnyTenant(id);
    }

    private void allow(RoutingContext request) {
        Negotiation.requireJson(request);
        current.require(Caller.OPERATIONS);
    }

    private static @Nullable String ifNoneMatch(RoutingContext request) {
        return request.request().getHeader("If-None-Match");
    }
}
