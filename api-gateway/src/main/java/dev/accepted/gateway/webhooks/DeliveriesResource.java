package dev.accepted.gateway.webhooks;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.status.ReadRights;
import dev.accepted.gateway.submission.CommandLog;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** {@code /jobs/{id}/deliveries}: who may read a job may read them, who may submit it may have them made again. */
@Path("/jobs/{id}/deliveries")
public class DeliveriesResource {

    private final CurrentCaller current;
    private final JobFinder finder;
    private final ReadRights rights;
    private final Deliveries deliveries;
    private final CommandLog log;

    DeliveriesResource(
            CurrentCaller current, JobFinder finder, ReadRights rights, Deliveries deliveries, CommandLog log) {
        this.current = current;
        this.finder = finder;
        this.rights = rights;
        this.deliveries = deliveries;
        this.log = log;
    }

    /** What was delivered of a job, and how that went. */
    @GET
    public Uni<Response> all(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        return finder.find(id, current.get().tenant()).chain(found -> {
            rights.require(found.type());
            return elsewhere(() -> deliveries.of(found.state()))
                    .map(body -> Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                            .header("Cache-Control", "private, no-cache")
                            .header("Vary", "Authorization")
                            .build());
        });
    }

    /** Delivers a message once more, whatever became of it. */
    @POST
    @Path("/{delivery}/redeliver")
    public Uni<Response> again(
            @PathParam("id") String id, @PathParam("delivery") String delivery, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        Caller caller = current.get();
        return finder.find(id, caller.tenant()).chain(found -> {
            caller.requireFor(found.type());
            JobState job = found.state();
            return elsewhere(() -> deliveries.again(job, delivery))
                    .chain(ready -> log.append(ready.command(), ready.input()).map(at -> ready))
                    .map(ready -> Response.status(Response.Status.ACCEPTED)
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .entity(DeliveryBody.of(ready, Deliveries.urlOf(job)))
                            .header("Cache-Control", "no-store")
                            .header("Vary", "Authorization")
                            .build());
        });
    }

    private static <T> Uni<T> elsewhere(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
