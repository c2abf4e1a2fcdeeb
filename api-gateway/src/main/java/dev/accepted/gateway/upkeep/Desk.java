package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.store.shadow.Swap;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.upkeep.Upkeep;
import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Status;
import dev.accepted.store.upkeep.UpkeepTable;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the routes of verifications and those of rebuilds have in common. Blocking; for operators who were let in. */
@Singleton
class Desk {

    private static final Logger LOG = Logger.getLogger(Desk.class);
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final int SHOWN = 20;

    private final DataSource database;
    private final Upkeeper upkeeper;

    Desk(DataSource database, Upkeeper upkeeper) {
        this.database = database;
        this.upkeeper = upkeeper;
    }

    /** The last of a kind, newest first. */
    ObjectNode list(Kind kind) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        List<Upkeep> last = inDatabase(connection -> UpkeepTable.last(connection, kind, SHOWN));
        last.forEach(upkeep -> items.add(ShownUpkeep.of(upkeep)));
        return body;
    }

    /** Whether the tables that a rebuild replaced are kept. */
    boolean keepsOld() {
        return inDatabase(Swap::keepsOld);
    }

    /** Drops them; false if there are none. */
    boolean dropOld() {
        return inDatabase(Swap::dropOld);
    }

    /** Begins one; a {@link Problem} 409 if one is running anywhere. */
    Response begin(Kind kind, String actor, @Nullable String reason, RoutingContext context) {
        if (reason != null) {
            Problems.requireText("reason", reason);
        }
        UUID id = asked(() -> upkeeper.begin(kind, actor, reason)).orElseThrow(this::running);
        LOG.infof("%s began the %s %s, reason: %s", actor, kind.word(), id, reason);
        return Response.fromResponse(answer(find(kind, id)))
                .status(Response.Status.ACCEPTED)
                .header("Location", Origin.of(context) + ShownUpkeep.path(kind, id))
                .build();
    }

    private Problem running() {
        Problem problem = Problem.of(
                409,
                "upkeep-running",
                "Upkeep running",
                "A verification or a rebuild is running already, and there is one at a time. It can be followed, or"
                        + " aborted; then another can begin.");
        return inDatabase(UpkeepTable::running)
                .map(upkeep -> problem.with("kind", upkeep.kind().word())
                        .with("status_url", ShownUpkeep.path(upkeep.kind(), upkeep.id()))
                        .with("actor", upkeep.actor()))
                .orElse(problem);
    }

    /** How one stands. */
    Response show(Kind kind, String id) {
        return answer(find(kind, id));
    }

    /** Lets one end before it is done; a {@link Problem} 409 if it has ended. */
    Response abort(Kind kind, String text, String actor) {
        Upkeep upkeep = find(kind, text);
        if (!inDatabase(connection -> UpkeepTable.abort(connection, upkeep.id(), kind, actor))) {
            throw Problem.of(
                            409,
                            "upkeep-ended",
                            "Upkeep ended",
                            "It has ended already, as "
                                    + find(kind, upkeep.id()).status().word() + ".")
                    .with("status_url", ShownUpkeep.path(kind, upkeep.id()));
        }
        LOG.infof("%s aborts the %s %s", actor, kind.word(), upkeep.id());
        return answer(find(kind, upkeep.id()));
    }

    private Upkeep find(Kind kind, String text) {
        return find(kind, UuidV7.parse(text).orElseThrow(Desk::unknown));
    }

    private Upkeep find(Kind kind, UUID id) {
        return inDatabase(connection -> {
                    UpkeepTable.closeSilent(connection, Upkeeper.SILENCE);
                    return UpkeepTable.find(connection, id, kind);
                })
                .orElseThrow(Desk::unknown);
    }

    private static Problem unknown() {
        return Problems.plain(404, "There is none of that id. The path without it lists the last ones.")
                .withHeader("Cache-Control", "no-store");
    }

    private static Response answer(Upkeep upkeep) {
        Response.ResponseBuilder answer = Response.ok(ShownUpkeep.of(upkeep), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store");
        return (upkeep.status() == Status.RUNNING ? answer.header("Retry-After", "1") : answer).build();
    }

    private <T> T inDatabase(Transaction.Work<T> work) {
        return asked(() -> Transaction.run(database, work));
    }

    /** What asks PostgreSQL. */
    private interface Asking<T> {
        T ask() throws SQLException;
    }

    private static <T> T asked(Asking<T> asking) {
        try {
            return asking.ask();
        } catch (SQLException e) {
            LOG.warnf("Upkeep cannot be read or written, which was answered 503: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "PostgreSQL cannot be asked at the moment; nothing was changed. Ask again later.",
                    RETRY_AFTER_SECONDS);
        }
    }
}
