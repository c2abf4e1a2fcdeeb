package dev.accepted.gateway.queues;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.system.Database;
import dev.accepted.store.queue.PauseTable;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/queues}: how each queue stands; pauses it and lets it go on. */
@Path("/operations/queues")
@Blocking
public class QueuesResource {

    private static final Logger LOG = Logger.getLogger(QueuesResource.class);
    private static final String WHAT = "Which queues are paused";

    private final CurrentCaller current;
    private final Database database;
    private final Queues queues;

    QueuesResource(CurrentCaller current, Database database, Queues queues) {
        this.current = current;
        this.database = database;
        this.queues = queues;
    }

    /** All of them. */
    @GET
    public Response all() {
        current.require(Caller.OPERATIONS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("items", database.reach(WHAT, queues::shown));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Lets its workers take no commands; what runs goes on. */
    @PUT
    @Path("/{queue}/pause")
    public Response pause(@PathParam("queue") String queue, @QueryParam("reason") @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        if (!queues.isKnown(queue)) {
            throw Problems.plain(
                            404, "No job type is on a queue of that name. /operations/queues lists those there are.")
                    .withHeader("Cache-Control", "no-store");
        }
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
        database.ask(WHAT, connection -> {
            PauseTable.put(connection, queue, reason, operator.subject());
            return true;
        });
        LOG.infof("%s paused the queue %s, reason: %s", operator.subject(), queue, reason);
        return Response.noContent().build();
    }

    /** Lets its workers take commands again. */
    @DELETE
    @Path("/{queue}/pause")
    public Response goOn(@PathParam("queue") String queue) {
        Caller operator = current.require(Caller.OPERATIONS);
        if (!database.ask(WHAT, connection -> PauseTable.delete(connection, queue))) {
            throw Problems.plain(404, "No queue of that name is paused.").withHeader("Cache-Control", "no-store");
        }
        LOG.infof("%s lets the queue %s go on", operator.subject(), queue);
        return Response.noContent().build();
    }
}
