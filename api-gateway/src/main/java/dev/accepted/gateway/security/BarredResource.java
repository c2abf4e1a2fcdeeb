package dev.accepted.gateway.security;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.system.Database;
import dev.accepted.store.barred.Bar;
import dev.accepted.store.barred.BarTable;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code /operations/barred}: suspends tenants and revokes tokens, at once here and within seconds on every gateway. */
@Path("/operations/barred")
@Blocking
public class BarredResource {

    private static final Logger LOG = Logger.getLogger(BarredResource.class);
    private static final String WHAT = "Who is barred";

    private final CurrentCaller current;
    private final Database database;
    private final Barred barred;

    BarredResource(CurrentCaller current, Database database, Barred barred) {
        this.current = current;
        this.database = database;
        this.barred = barred;
    }

    /** Everyone who is barred. */
    @GET
    public Response all() {
        current.require(Caller.OPERATIONS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        List<Bar> bars = database.ask(WHAT, BarTable::all);
        bars.forEach(bar -> items.add(shown(bar)));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Bars somebody as of now. */
    @PUT
    @Path("/{kind}/{name}")
    public Response put(
            @PathParam("kind") String kind,
            @PathParam("name") String name,
            @QueryParam("reason") @Nullable String reason) {
        Caller operator = current.require(Caller.OPERATIONS);
        Bar.Kind what = kind(kind);
        Problems.requireText("name", name);
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
        database.ask(WHAT, connection -> {
            BarTable.put(connection, what, name, reason);
            return true;
        });
        LOG.infof("%s barred the %s %s, reason: %s", operator.subject(), what.word(), name, reason);
        barred.refresh();
        return Response.noContent().build();
    }

    /** Lets somebody in again. */
    @DELETE
    @Path("/{kind}/{name}")
    public Response delete(@PathParam("kind") String kind, @PathParam("name") String name) {
        Caller operator = current.require(Caller.OPERATIONS);
        Bar.Kind what = kind(kind);
        Problems.requireText("name", name);
        if (!database.ask(WHAT, connection -> BarTable.delete(connection, what, name))) {
            throw Problems.plain(404, "Nobody of that name is barred.").withHeader("Cache-Control", "no-store");
        }
        LOG.infof("%s lets the %s %s in again", operator.subject(), what.word(), name);
        barred.refresh();
        return Response.noContent().build();
    }

    private static ObjectNode shown(Bar bar) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("kind", bar.kind().word())
                .put("name", bar.name())
                .put("since", bar.since().toString());
        if (bar.reason() != null) {
            shown.put("reason", bar.reason());
        }
        return shown;
    }

    /** In the address in the plural: {@code tenants}, {@code subjects}, {@code tokens}. */
    private static Bar.Kind kind(String word) {
        return Arrays.stream(Bar.Kind.values())
                .filter(kind -> word.equals(kind.word() + "s"))
                .findFirst()
                .orElseThrow(Problems::noSuchPath);
    }
}
