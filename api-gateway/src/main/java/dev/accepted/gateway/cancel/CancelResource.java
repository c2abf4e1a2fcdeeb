package dev.accepted.gateway.cancel;

import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code POST /jobs/{id}/cancel} and {@code DELETE /jobs/{id}}. */
@Path("/jobs")
public class CancelResource {

    static final int LONGEST_BODY = 16 * 1024;

    private final CurrentCaller current;
    private final Cancellation cancellation;
    private final BodyRoom room;

    CancelResource(CurrentCaller current, Cancellation cancellation, BodyRoom room) {
        this.current = current;
        this.cancellation = cancellation;
        this.room = room;
    }

    /** Stops a job, for the reason that its body gives, if there is one. */
    @POST
    @Path("/{id}/cancel")
    public Uni<Response> cancel(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        BodyReader.requireWithin(context, LONGEST_BODY);
        Caller caller = current.get();
        return BodyReader.read(context, LONGEST_BODY, room)
                .chain(body -> cancellation.cancel(
                        id,
                        caller,
                        () -> CancelBody.reason(body, context.request().headers())));
    }

    /** Stops a job. */
    @DELETE
    @Path("/{id}")
    public Uni<Response> delete(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        return cancellation.cancel(id, current.get(), () -> null);
    }
}
