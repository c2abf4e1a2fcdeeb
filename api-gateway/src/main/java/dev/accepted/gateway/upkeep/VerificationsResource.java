package dev.accepted.gateway.upkeep;

import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.store.upkeep.Upkeep.Kind;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /operations/verifications}: whether the table is what the log says. */
@Path("/operations/verifications")
@Blocking
public class VerificationsResource {

    private final CurrentCaller current;
    private final Desk desk;

    VerificationsResource(CurrentCaller current, Desk desk) {
        this.current = current;
        this.desk = desk;
    }

    /** The last ones, newest first. */
    @GET
    public Response list() {
        current.require(Caller.OPERATIONS);
        return Response.ok(desk.list(Kind.VERIFICATION), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Begins one. */
    @POST
    public Response begin(@QueryParam("reason") @Nullable String reason, @Context RoutingContext context) {
        Caller operator = current.require(Caller.OPERATIONS);
        return desk.begin(Kind.VERIFICATION, operator.subject(), reason, context);
    }

    /** How one stands, and what it found. */
    @GET
    @Path("/{id}")
    public Response show(@PathParam("id") String id) {
        current.require(Caller.OPERATIONS);
        return desk.show(Kind.VERIFICATION, id);
    }

    /** Lets one end before it is done. */
    @POST
    @Path("/{id}/abort")
    public Response abort(@PathParam("id") String id) {
        Caller operator = current.require(Caller.OPERATIONS);
        return desk.abort(Kind.VERIFICATION, id, operator.subject());
    }
}
