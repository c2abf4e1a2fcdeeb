package dev.accepted.gateway.overview;

import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.sse.Streams;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code GET /operations/events}: how the fleet stands, every second. */
@Path("/operations/events")
public class OverviewResource {

    private final CurrentCaller current;
    private final Streams streams;
    private final Sampling sampling;

    OverviewResource(CurrentCaller current, Streams streams, Sampling sampling) {
        this.current = current;
        this.streams = streams;
        this.sampling = sampling;
    }

    /** Streams it. */
    @GET
    public Uni<Response> follow(@Context RoutingContext request) {
        Negotiation.requireEventStream(request);
        current.require(Caller.OPERATIONS);
        streams.requirePlace();
        return Uni.createFrom().item(streams.answer(new OverviewFeed(sampling), request, Vertx.currentContext()));
    }
}
