package dev.accepted.gateway.references;

import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** {@code PUT|GET /recipient-lists/{id}}. */
@Path("/recipient-lists/{id}")
public class RecipientListsResource {

    private static final String SCOPE = "campaigns:write";

    private final ReferenceUpload uploads;
    private final ReferenceDownload downloads;
    private final CurrentCaller current;

    RecipientListsResource(ReferenceUpload uploads, ReferenceDownload downloads, CurrentCaller current) {
        this.uploads = uploads;
        this.downloads = downloads;
        this.current = current;
    }

    /** Stores a list. */
    @PUT
    public Uni<Response> put(@PathParam("id") String id, @Context RoutingContext request) {
        return uploads.take(named(id), request);
    }

    /** Shows a list. */
    @GET
    public Uni<Response> get(
            @PathParam("id") String id, @Context HttpHeaders headers, @Context RoutingContext request) {
        return downloads.show(named(id), headers, request.request().method());
    }

    private ReferenceName named(String id) {
        return ReferenceName.of(current.require(SCOPE).tenant(), Collection.RECIPIENT_LISTS, id);
    }
}
