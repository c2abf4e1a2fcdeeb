package dev.accepted.gateway.cancel;

import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/** {@code POST /operations/jobs/{id}/cancel}: an operator stops a job, whosever it is. */
@Path("/operations/jobs/{id}/cancel")
public class FleetCancelResource {

    private static final Logger LOG = Logger.getLogger(FleetCancelResource.class);

    private final CurrentCaller current;
    private final Cancellation cancellation;
    private final BodyRoom room;

    FleetCancelResource(CurrentCaller current, Cancellation cancellation, BodyRoom room) {
        this.current = current;
        this.cancellation = cancellation;
        this.room = room;
    }

    /** Stops it, for the reason that the body gives, if there is one; who did is in the log. */
    @POST
    public Uni<Response> cancel(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        BodyReader.requireWithin(context, CancelResource.LONGEST_BODY);
        Caller operator = current.require(Caller.OPERATIONS);
        return BodyReader.read(context, CancelResource.LONGEST_BODY, room)
                .chain(body -> cancellation.cancelOfAnyTenant(id, operator.subject(), () -> {
                    String reason = CancelBody.reason(body, context.request().headers());
                    LOG.infof("%s cancels %s, reason: %s", operator.subject(), id, reason);
                    return reason;
                }));
    }
}
