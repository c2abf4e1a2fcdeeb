package dev.accepted.gateway.status;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /jobs/{id}} and {@code GET /jobs}. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private final JobAnswer answer;
    private final ResultAnswer results;
    private final JobPages pages;

    JobsResource(JobAnswer answer, ResultAnswer results, JobPages pages) {
        this.answer = answer;
        this.results = results;
        this.pages = pages;
    }

    /** How one job stands. */
    @GET
    @Path("/{id}")
    public Uni<Response> one(@PathParam("id") String id, @Context RoutingContext request) {
        return answer.status(id, request);
    }

    /** What happened to one job. */
    @GET
    @Path("/{id}/timeline")
    public Uni<Response> timeline(@PathParam("id") String id, @Context HttpHeaders headers) {
        return answer.timeline(id, headers.getHeaderString(HttpHeaders.IF_NONE_MATCH));
    }

    /** Where one job's result lies. */
    @GET
    @Path("/{id}/result")
    public Uni<Response> result(@PathParam("id") String id) {
        return results.result(id);
    }

    /** The caller's jobs, newest first. */
    @GET
    public Response page(@Context UriInfo uri) {
        return pages.page(uri.getQueryParameters());
    }
}
