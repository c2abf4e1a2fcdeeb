package dev.accepted.gateway.moving;

import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.gateway.submission.MediaTypes;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code PATCH /jobs/{id}}. */
@Path("/jobs")
public class MovingResource {

    private static final int LONGEST_BODY = 16 * 1024;

    private final CurrentCaller current;
    private final Moving moving;
    private final BodyRoom room;

    MovingResource(CurrentCaller current, Moving moving, BodyRoom room) {
        this.current = current;
        this.moving = moving;
        this.room = room;
    }

    /** Moves a job's start to the time that its body gives. */
    @PATCH
    @Path("/{id}")
    public Uni<Response> move(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        BodyReader.requireWithin(context, LONGEST_BODY);
        Caller caller = current.get();
        MediaTypes.requirePatch(context.request().headers());
        List<String> conditions = context.request().headers().getAll("If-Match");
        if (conditions.isEmpty()) {
            throw unconditional();
        }
        String ifMatch = String.join(",", conditions);
        return BodyReader.read(context, LONGEST_BODY, room)
                .chain(body -> moving.move(id, caller, ifMatch, () -> MoveBody.scheduledTime(body)));
    }

    private static Problem unconditional() {
        return Problem.of(
                        428,
                        "precondition-required",
                        "Precondition required",
                        "The start of a job is moved with If-Match alone, lest two clients undo each other's move. Send"
                                + " the ETag of the job as you know it.")
                .withHeader("Cache-Control", "no-store");
    }
}
