package dev.accepted.gateway.schedules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.gateway.submission.DeferredJobs;
import dev.accepted.gateway.submission.MediaTypes;
import dev.accepted.store.schedule.ScheduleRow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.util.function.Supplier;

/** {@code /schedules}. */
@Path("/schedules")
public class SchedulesResource {

    private final Schedules schedules;
    private final DeferredJobs jobs;
    private final CurrentCaller current;
    private final BodyRoom room;

    SchedulesResource(Schedules schedules, DeferredJobs jobs, CurrentCaller current, BodyRoom room) {
        this.schedules = schedules;
        this.jobs = jobs;
        this.current = current;
        this.room = room;
    }

    /** Makes a schedule, or replaces one. */
    @PUT
    @Path("/{name}")
    public Uni<Response> put(@PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        long limit = jobs.longestBody();
        BodyReader.requireWithin(context, limit);
        Caller caller = current.get();
        Schedule.Key key = ScheduleName.given(caller.tenant(), name);
        MediaTypes.requireJson(context.request().headers());
        String address = Origin.of(context) + "/schedules/" + name;
        return BodyReader.read(context, limit, room)
                .chain(body -> room.forTreeOf(body.length, () -> schedules.check(key, body, caller)))
                .chain(schedule -> elsewhere(() -> schedules.isThereOrFits(key, caller))
                        .chain(there -> schedules
                                .write(key, schedule)
                                .chain(written -> elsewhere(() -> schedules.find(key, caller)))
                                .map(row -> described(
                                                row, there ? Response.ok() : Response.created(URI.create(address)))
                                        .header("Cache-Control", "no-store")
                                        .build())));
    }

    /** Shows a schedule. */
    @GET
    @Path("/{name}")
    public Uni<Response> get(@PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        Caller caller = current.get();
        Schedule.Key key = ScheduleName.sought(caller.tenant(), name);
        String known = context.request().getHeader("If-None-Match");
        return elsewhere(() -> schedules.find(key, caller)).map(row -> {
            ResponseBuilder answer = EntityTags.ifNoneMatchHolds(known, tagOf(row))
                    ? Response.notModified().header("ETag", tagOf(row))
                    : described(row, Response.ok());
            return answer.header("Cache-Control", "private, no-cache")
                    .header("Vary", "Authorization")
                    .build();
        });
    }

    /** Ends a schedule. Jobs that it has sent go on. */
    @DELETE
    @Path("/{name}")
    public Uni<Response> delete(@PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        Caller caller = current.get();
        Schedule.Key key = ScheduleName.sought(caller.tenant(), name);
        return elsewhere(() -> schedules.find(key, caller))
                .chain(there -> schedules.write(key, null))
                .map(gone -> Response.noContent().build());
    }

    /** All of the caller's schedules, by name. */
    @GET
    public Uni<Response> all(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        Caller caller = current.get();
        return elsewhere(() -> schedules.all(caller)).map(rows -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode items = body.putArray("items");
            rows.forEach(row -> items.add(ScheduleBody.of(row)));
            return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                    .header("Cache-Control", "private, no-cache")
                    .header("Vary", "Authorization")
                    .build();
        });
    }

    private static ResponseBuilder described(ScheduleRow row, ResponseBuilder answer) {
        return answer.header("ETag", tagOf(row))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ScheduleBody.whole(row));
    }

    private static String tagOf(ScheduleRow row) {
        return EntityTags.strong(row.version());
    }

    private static <T> Uni<T> elsewhere(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
