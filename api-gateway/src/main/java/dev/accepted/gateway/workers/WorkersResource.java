package dev.accepted.gateway.workers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.system.Database;
import dev.accepted.store.lease.WorkerTable;
import dev.accepted.store.lease.WorkerTable.Drain;
import dev.accepted.store.lease.WorkerTable.Worker;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/workers}: the worker processes that are there; drains one and lets it take jobs again. */
@Path("/operations/workers")
@Blocking
public class WorkersResource {

    private static final Logger LOG = Logger.getLogger(WorkersResource.class);
    private static final String WHAT = "Which workers are there";

    private final CurrentCaller current;
    private final Database database;

    WorkersResource(CurrentCaller current, Database database) {
        this.current = current;
        this.database = database;
    }

    /** All of them, by queue and name. */
    @GET
    public Response all() {
        current.require(Caller.OPERATIONS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        database.ask(WHAT, WorkerTable::all).forEach(worker -> items.add(shown(worker)));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Lets it take no commands, as long as it is there; what runs goes on. */
    @PUT
    @Path("/{worker_id}/drain")
    public Response drain(@PathParam("worker_id") String id, @QueryParam("reason") @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
        UUID worker = read(id);
        if (!database.ask(WHAT, connection -> WorkerTable.drain(connection, worker, reason, operator.subject()))) {
            throw notThere();
        }
        LOG.infof("%s drains the worker %s, reason: %s", operator.subject(), worker, reason);
        return Response.noContent().build();
    }

    /** Lets it take commands again. */
    @DELETE
    @Path("/{worker_id}/drain")
    public Response undrain(@PathParam("worker_id") String id) {
        Caller operator = current.require(Caller.OPERATIONS);
        UUID worker = read(id);
        if (!database.ask(WHAT, connection -> WorkerTable.undrain(connection, worker))) {
            throw Problems.plain(404, "No worker of that id is there and drained. /operations/workers lists them.")
                    .withHeader("Cache-Control", "no-store");
        }
        LOG.infof("%s lets the worker %s take jobs again", operator.subject(), worker);
        return Response.noContent().build();
    }

    private static ObjectNode shown(Worker worker) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("worker_id", worker.holder().toString())
                .put("name", worker.name())
                .put("queue", worker.queue())
                .put("slots", worker.slots())
                .put("running", worker.running())
                .put("draining", worker.drain() != null);
        Drain drain = worker.drain();
        if (drain != null) {
            shown.put("draining_since", time(drain.since()));
            if (drain.reason() != null) {
                shown.put("reason", drain.reason());
            }
            shown.put("drained_by", drain.by());
        }
        return shown.put("seen_until", time(worker.until()));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static UUID read(String id) {
        return UuidV7.parse(id.toLowerCase(Locale.ROOT)).orElseThrow(WorkersResource::notThere);
    }

    private static Problem notThere() {
        return Problems.plain(404, "No worker of that id is there. /operations/workers lists those there are.")
                .withHeader("Cache-Control", "no-store");
    }
}
