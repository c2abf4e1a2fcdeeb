package dev.accepted.gateway.dead;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/dead}: records that nobody could read: lists them, shows one whole, sends it again, drops it. */
@Path("/operations/dead")
@Blocking
public class DeadResource {

    private static final Logger LOG = Logger.getLogger(DeadResource.class);
    private static final int USUAL_LIMIT = 50;
    private static final int MOST = 200;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final CurrentCaller current;
    private final DeadRecords records;
    private final Settling settling;

    DeadResource(CurrentCaller current, DeadRecords records, Settling settling) {
        this.current = current;
        this.records = records;
        this.settling = settling;
    }

    /** Those that nobody has settled, newest first; with {@code settled=true} all. */
    @GET
    public Response list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before,
            @QueryParam("settled") @Nullable String settled) {
        current.require(Caller.OPERATIONS);
        int most = (int) Math.min(MOST, limit == null ? USUAL_LIMIT : number("limit", limit, 1));
        long below = before == null ? Long.MAX_VALUE : number("before", before, 0);
        boolean settledToo = flag(settled);
        DeadRecords.Page page = asked(() -> records.page(below, most, settledToo));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        page.records().forEach(record -> items.add(record.shown()));
        Response.ResponseBuilder answer = ok(body);
        if (page.next() >= 0) {
            String next =
                    "/operations/dead?limit=" + most + "&before=" + page.next() + (settledToo ? "&settled=true" : "");
            body.put("next", next);
            answer.header("Link", "<" + next + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /** One of them, with its headers and its value. */
    @GET
    @Path("/{offset}")
    public Response read(@PathParam("offset") String offset) {
        current.require(Caller.OPERATIONS);
        return ok(found(offset).whole()).build();
    }

    /** Appends it once more to the topic that it came from, as it was. */
    @POST
    @Path("/{offset}/send")
    public Response send(@PathParam("offset") String offset, @QueryParam("reason") @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        checked(reason);
        DeadRecord record = found(offset);
        String to = asked(() -> settling.send(record, reason, operator.subject()));
        LOG.infof("%s sent %s to %s once more, reason: %s", operator.subject(), offset, to, reason);
        return ok(JsonNodeFactory.instance.objectNode().put("sent_to", to)).build();
    }

    /** Takes it off the list; it stays in the log. */
    @DELETE
    @Path("/{offset}")
    public Response drop(@PathParam("offset") String offset, @QueryParam("reason") @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        checked(reason);
        DeadRecord record = found(offset);
        asked(() -> {
            settling.drop(record, reason, operator.subject());
            return true;
        });
        LOG.infof("%s dropped the dead record %s, reason: %s", operator.subject(), offset, reason);
        return Response.noContent().build();
    }

    private static Response.ResponseBuilder ok(ObjectNode body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).header("Cache-Control", "no-store");
    }

    private DeadRecord found(String text) {
        long offset = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        if (offset < 0) {
            throw unknown();
        }
        return asked(() -> records.find(offset)).orElseThrow(DeadResource::unknown);
    }

    private static Problem unknown() {
        return Problems.plain(404, "No dead record lies there. /operations/dead lists those there are.")
                .withHeader("Cache-Control", "no-store");
    }

    private static void checked(@Nullable String reason) {
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
    }

    private static long number(String name, String text, long least) {
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least) {
            throw invalid(name, "is a whole number, " + least + " or more");
        }
        return Long.parseLong(text);
    }

    private static boolean flag(@Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw invalid("settled", "is true or false");
        }
        return "true".equals(text);
    }

    private static Problem invalid(String parameter, String rule) {
        return Problem.of(
                        400, "invalid-parameter", "Invalid parameter", "The parameter " + parameter + " " + rule + ".")
                .with("parameter", parameter);
    }

    /** What asks the log and the table. */
    private interface Asking<T> {
        T ask() throws SQLException, ExecutionException, InterruptedException, LogAway;
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.reducedCapacity("The gateway is about to stop; nothing was changed.", RETRY_AFTER_SECONDS);
        } catch (LogAway e) {
            LOG.warnf("A dead record cannot be sent, which was answered 503: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "Kafka did not acknowledge the record in time. It is not settled, and may have been sent all the same:"
                            + " whoever sends it once more may send it twice.",
                    RETRY_AFTER_SECONDS);
        } catch (SQLException | ExecutionException e) {
            LOG.warnf("Dead records cannot be read, which was answered 503: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "PostgreSQL or Kafka cannot be asked at the moment; nothing was changed. Ask again later.",
                    RETRY_AFTER_SECONDS);
        }
    }
}
