package dev.accepted.gateway.bulk;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code POST /jobs/batch}. */
@Path("/jobs/batch")
public class BulkResource {

    private final Bulk bulk;

    BulkResource(Bulk bulk) {
        this.bulk = bulk;
    }

    /** Submits many jobs. */
    @POST
    public Uni<Response> submit(@Context RoutingContext context) {
        return bulk.submit(context);
    }
}
