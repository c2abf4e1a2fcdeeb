package dev.accepted.gateway.bulk;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /batches/{id}}. */
@Path("/batches")
@Produces(MediaType.APPLICATION_JSON)
public class BatchesResource {

    private final BatchStatus status;

    BatchesResource(BatchStatus status) {
        this.status = status;
    }

    /** How the jobs of a batch stand. */
    @GET
    @Path("/{id}")
    public Uni<Response> one(@PathParam("id") String id, @Context HttpHeaders headers) {
        return status.of(id, headers.getHeaderString(HttpHeaders.IF_NONE_MATCH));
    }
}
