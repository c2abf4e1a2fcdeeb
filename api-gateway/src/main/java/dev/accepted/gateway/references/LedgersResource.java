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

/** {@code PUT|GET /ledgers/{year}}. */
@Path("/ledgers/{year}")
public class LedgersResource {

    private static final String SCOPE = "jobs:write";

    private final ReferenceUpload uploads;
    private final ReferenceDownload downloads;
    private final CurrentCaller current;

    LedgersResource(ReferenceUpload uploads, ReferenceDownload downloads, CurrentCaller current) {
        this.uploads = uploads;
        this.downloads = downloads;
        this.current = current;
    }

    /** Stores a ledger. */
    @PUT
    public Uni<Response> put(@PathParam("year") String year, @Context RoutingContext request) {
        return uploads.take(named(year), request);
    }

    /** Shows a ledger. */
    @GET
    public Uni<Response> get(
            @PathParam("year") String year, @Context HttpHeaders headers, @Context RoutingContext request) {
        return downloads.show(named(year), headers, request.request().method());
    }

    private ReferenceName named(String year) {
        return ReferenceName.of(current.require(SCOPE).tenant(), Collection.LEDGERS, year);
    }
}
