package dev.accepted.gateway.references;

import dev.accepted.gateway.references.References.ReferenceKey;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;

/** {@code PUT|GET /recipient-lists/{id}}. */
@Path("/recipient-lists/{id}")
public class RecipientListsResource {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final ReferenceExchange exchange;
    private final RecipientLists lists;
    private final CurrentCaller current;

    RecipientListsResource(ReferenceExchange exchange, RecipientLists lists, CurrentCaller current) {
        this.exchange = exchange;
        this.lists = lists;
        this.current = current;
    }

    /** Stores a recipient list. */
    @PUT
    public Uni<Response> put(@PathParam("id") String id) {
        ReferenceKey key = key(id);
        return switch (exchange.mediaType()) {
            case "text/csv" -> exchange.put(key, lists::ofCsv);
            case "application/json" -> exchange.put(key, lists::ofJson);
            default -> throw ReferenceExchange.unsupported("text/csv or application/json");
        };
    }

    /** Shows a recipient list. */
    @GET
    public Uni<Response> get(@PathParam("id") String id) {
        return exchange.get(key(id));
    }

    private ReferenceKey key(String id) {
        String tenant = current.require("campaigns:write").tenant();
        String rule = "A list's id has 1 to 128 letters, digits, dots, dashes and underscores.";
        return new ReferenceKey(tenant, "recipient-lists", ReferenceExchange.checked(id, NAME, rule));
    }
}
