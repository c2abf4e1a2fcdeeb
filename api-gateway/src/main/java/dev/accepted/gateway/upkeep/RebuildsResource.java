package dev.accepted.gateway.upkeep;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.store.upkeep.Upkeep.Kind;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/rebuilds}: makes the table anew out of the log, while everything goes on. */
@Path("/operations/rebuilds")
@Blocking
public class RebuildsResource {

    private static final Logger LOG = Logger.getLogger(RebuildsResource.class);

    private final CurrentCaller current;
    private final Desk desk;

    RebuildsResource(CurrentCaller current, Desk desk) {
        this.current = current;
        this.desk = desk;
    }

    /** The last ones, newest first, and whether the table that the last one replaced is kept. */
    @GET
    public Response list() {
        current.require(Caller.OPERATIONS);
        return Response.ok(
                        desk.list(Kind.REBUILD).put("keeps_old_table", desk.keepsOld()),
                        MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Begins one. */
    @POST
    public Response begin(@QueryParam("reason") @Nullable String reason, @Context RoutingContext context) {
        Caller operator = current.require(Caller.OPERATIONS);
        if (desk.keepsOld()) {
            throw Problem.of(
                    409,
                    "old-table-kept",
                    "Old table kept",
                    "The table that the last rebuild replaced is kept, and there is room for one: DELETE"
                            + " /operations/rebuilds/old drops it, then another can begin.");
        }
        return desk.begin(Kind.REBUILD, operator.subject(), reason, context);
    }

    /** How one stands. */
    @GET
    @Path("/{id}")
    public Response show(@PathParam("id") String id) {
        current.require(Caller.OPERATIONS);
        return desk.show(Kind.REBUILD, id);
    }

    /** Lets one end before it is done. */
    @POST
    @Path("/{id}/abort")
    public Response abort(@PathParam("id") String id) {
        Caller operator = current.require(Caller.OPERATIONS);
        return desk.abort(Kind.REBUILD, id, operator.subject());
    }

    /** Drops the table that the last one replaced. */
    @DELETE
    @Path("/old")
    public Response dropOld() {
        Caller operator = current.require(Caller.OPERATIONS);
        if (!desk.dropOld()) {
            throw Problems.plain(404, "No table that a rebuild replaced is kept.")
                    .withHeader("Cache-Control", "no-store");
        }
        LOG.infof("%s dropped the table that the last rebuild replaced", operator.subject());
        return Response.noContent().build();
    }
}
