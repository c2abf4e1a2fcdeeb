package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.gateway.submission.MediaTypes;
import dev.accepted.gateway.sweep.FoldBehind;
import dev.accepted.gateway.upkeep.Halted;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.Selection;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/replays}: has jobs run again, dry first; follows that, has it pause, go on or end. */
@Path("/operations/replays")
public class ReplaysResource {

    private static final Logger LOG = Logger.getLogger(ReplaysResource.class);
    private static final int LONGEST_BODY = 1024 * 1024;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final String QUERY_CANCELED = "57014";

    private final CurrentCaller current;
    private final BodyRoom room;
    private final Replays replays;
    private final Rehearsal rehearsal;
    private final Spans spans;

    ReplaysResource(CurrentCaller current, BodyRoom room, Replays replays, Rehearsal rehearsal, Spans spans) {
        this.current = current;
        this.room = room;
        this.replays = replays;
        this.rehearsal = rehearsal;
        this.spans = spans;
    }

    /** Begins one; with {@code dry_run} only says what it would do. */
    @POST
    public Uni<Response> begin(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        BodyReader.requireWithin(context, LONGEST_BODY);
        Caller operator = current.require(Caller.OPERATIONS);
        MediaTypes.requireJson(context.request().headers());
        return BodyReader.read(context, LONGEST_BODY, room)
                .map(ReplayBody::read)
                .chain(order -> blocking(() -> {
                    Selection selection = spans.settle(order.selection());
                    return order.dryRun()
                            ? answer(Response.ok(), rehearsal.of(order, selection))
                            : begun(order, selection, operator);
                }));
    }

    private Response begun(ReplayBody order, Selection selection, Caller operator) throws SQLException {
        ObjectNode replay = replays.begin(order, selection, operator.subject());
        LOG.infof(
                "%s asked for replay %s, mode %s, reason: %s",
                operator.subject(),
                replay.path("replay_id").asText(),
                order.mode().word(),
                order.reason());
        String url = replay.path("status_url").asText();
        return answer(Response.accepted().header("Location", url), replay);
    }

    /** The newest of them. */
    @GET
    public Uni<Response> all(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        current.require(Caller.OPERATIONS);
        return blocking(() -> answer(Response.ok(), replays.recent()));
    }

    /** How one stands. */
    @GET
    @Path("/{id}")
    public Uni<Response> one(@PathParam("id") String id, @Context RoutingContext context) {
        Negotiation.requireJson(context);
        current.require(Caller.OPERATIONS);
        return blocking(() -> answer(Response.ok(), found(id)));
    }

    /** Has it send nothing more for now; what was sent goes on. */
    @POST
    @Path("/{id}/pause")
    public Uni<Response> pause(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        return move(id, List.of(State.RUNNING, State.PAUSED), State.PAUSED, reason);
    }

    /** Lets it go on. */
    @POST
    @Path("/{id}/resume")
    public Uni<Response> resume(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        return move(id, List.of(State.PAUSED, State.RUNNING), State.RUNNING, reason);
    }

    /** Ends it; what was sent goes on. */
    @POST
    @Path("/{id}/abort")
    public Uni<Response> abort(@PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        return move(id, List.of(State.RUNNING, State.PAUSED), State.ABORTED, reason);
    }

    private Uni<Response> move(String id, List<State> from, State to, @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
        return blocking(() -> {
            ObjectNode before = found(id);
            String what = to == State.RUNNING ? "resumed" : to.word();
            Optional<ObjectNode> moved = replays.move(uuid(id), from, to, what, operator.subject(), reason);
            LOG.infof("%s: replay %s is %s, reason: %s", operator.subject(), id, what, reason);
            return answer(Response.ok(), moved.orElseThrow(() -> ended(before)));
        });
    }

    private static Problem ended(ObjectNode replay) {
        return Problem.of(
                        409,
                        "replay-already-ended",
                        "Replay already ended",
                        "The replay has ended. Ask for another to go on with what is left.")
                .with("status_url", replay.path("status_url").asText());
    }

    private ObjectNode found(String id) throws SQLException {
        return replays.find(uuid(id)).orElseThrow(ReplaysResource::unknown);
    }

    private static UUID uuid(String text) {
        return UuidV7.parse(text).orElseThrow(ReplaysResource::unknown);
    }

    private static Problem unknown() {
        return Problems.plain(404, "There is no replay of that id. /operations/replays lists those there are.")
                .withHeader("Cache-Control", "no-store");
    }

    private static Response answer(Response.ResponseBuilder answer, ObjectNode body) {
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** What asks the log and the table. */
    private interface Asking {
        Response ask() throws SQLException, ExecutionException, InterruptedException;
    }

    private static Uni<Response> blocking(Asking asking) {
        return Uni.createFrom().item(() -> asked(asking)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Response asked(Asking asking) {
        try {
            return asking.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.reducedCapacity("The gateway is about to stop; nothing was changed.", RETRY_AFTER_SECONDS);
        } catch (FoldBehind e) {
            throw Problems.reducedCapacity(
                    "The table is not as far as the log, so nothing can be said yet: " + e.getMessage() + ".",
                    RETRY_AFTER_SECONDS);
        } catch (Halted e) {
            throw Problems.reducedCapacity(e.why(), RETRY_AFTER_SECONDS);
        } catch (SQLException | ExecutionException | KafkaException e) {
            if (e instanceof SQLTimeoutException
                    || e instanceof SQLException sql && QUERY_CANCELED.equals(sql.getSQLState())) {
                throw Problems.reducedCapacity(
                        "So many jobs cannot be counted in time; nothing was changed. Narrow the selection, by"
                                + " created_after and created_before for instance.",
                        RETRY_AFTER_SECONDS);
            }
            LOG.warnf("Replays cannot be read or written, which was answered 503: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "PostgreSQL or Kafka cannot be asked at the moment; nothing was changed. Ask again later.",
                    RETRY_AFTER_SECONDS);
        }
    }
}
