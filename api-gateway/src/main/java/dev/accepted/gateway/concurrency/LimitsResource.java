package dev.accepted.gateway.concurrency;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.job.Limit;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.gateway.submission.MediaTypes;
import dev.accepted.gateway.system.Database;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.transaction.Transaction;
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
import java.util.Arrays;
import org.jboss.logging.Logger;

/** {@code /operations/limits}: how many jobs may run at once, of a tenant, in a queue, of a type. */
@Path("/operations/limits")
public class LimitsResource {

    private static final Logger LOG = Logger.getLogger(LimitsResource.class);
    private static final int LONGEST_BODY = 16 * 1024;

    private final CurrentCaller current;
    private final Database database;
    private final BodyRoom room;
    private final Releaser releaser;

    LimitsResource(CurrentCaller current, Database database, BodyRoom room, Releaser releaser) {
        this.current = current;
        this.database = database;
        this.room = room;
        this.releaser = releaser;
    }

    /** All limits, with how many run under each now, and how many wait. */
    @GET
    public Uni<Response> all(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        current.require(Caller.OPERATIONS);
        return inDatabase(ShownLimits::read).map(shown -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode items = body.putArray("items");
            shown.all().forEach(items::add);
            return answer(Response.Status.OK, body);
        });
    }

    /** One of them. */
    @GET
    @Path("/{kind}/{name}")
    public Uni<Response> get(
            @PathParam("kind") String kind, @PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        current.require(Caller.OPERATIONS);
        Limit limit = limit(kind, name);
        return inDatabase(ShownLimits::read)
                .map(shown -> answer(Response.Status.OK, shown.one(limit).orElseThrow(LimitsResource::none)));
    }

    /** Sets a limit, or changes it. */
    @PUT
    @Path("/{kind}/{name}")
    public Uni<Response> put(
            @PathParam("kind") String kind, @PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        BodyReader.requireWithin(context, LONGEST_BODY);
        Caller operator = current.require(Caller.OPERATIONS);
        Limit limit = limit(kind, name);
        MediaTypes.requireJson(context.request().headers());
        return BodyReader.read(context, LONGEST_BODY, room)
                .map(LimitBody::read)
                .chain(said -> set(limit, said, operator));
    }

    private Uni<Response> set(Limit limit, LimitBody said, Caller operator) {
        return inDatabase(connection -> {
                    boolean made = LimitTable.put(connection, limit, said.most(), said.reason());
                    ObjectNode shown = ShownLimits.read(connection).one(limit).orElseThrow(LimitsResource::none);
                    return answer(made ? Response.Status.CREATED : Response.Status.OK, shown);
                })
                .invoke(() -> {
                    LOG.infof(
                            "%s lets %d jobs of %s run at once, reason: %s",
                            operator.subject(), said.most(), limit.text(), said.reason());
                    releaser.look();
                });
    }

    /** Takes a limit away; what waits for it goes at once. */
    @DELETE
    @Path("/{kind}/{name}")
    public Uni<Response> delete(
            @PathParam("kind") String kind, @PathParam("name") String name, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        Caller operator = current.require(Caller.OPERATIONS);
        Limit limit = limit(kind, name);
        return inDatabase(connection -> LimitTable.delete(connection, limit)).map(gone -> {
            if (!gone) {
                throw none();
            }
            LOG.infof("%s limits the jobs of %s no longer", operator.subject(), limit.text());
            releaser.look();
            return Response.noContent().build();
        });
    }

    /** In the address the kind is in the plural: {@code tenants}, {@code queues}, {@code types}. */
    private static Limit limit(String kind, String name) {
        Limit.Kind of = Arrays.stream(Limit.Kind.values())
                .filter(known -> kind.equals(known.word() + "s"))
                .findFirst()
                .orElseThrow(Problems::noSuchPath);
        Problems.requireText("name", name);
        return new Limit(of, name);
    }

    private static Problem none() {
        return Problems.plain(404, "There is no such limit.").withHeader("Cache-Control", "no-store");
    }

    private static Response answer(Response.Status status, ObjectNode body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .header("Cache-Control", "no-store")
                .build();
    }

    private <T> Uni<T> inDatabase(Transaction.Work<T> work) {
        return Uni.createFrom()
                .item(() -> database.ask("Limits", work))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
