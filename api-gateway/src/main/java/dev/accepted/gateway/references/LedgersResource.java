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

/** {@code PUT|GET /ledgers/{year}}. */
@Path("/ledgers/{year}")
public class LedgersResource {

    private static final Pattern YEAR = Pattern.compile("(19|20|21)\\d\\d|2200");

    private final ReferenceExchange exchange;
    private final Ledgers ledgers;
    private final CurrentCaller current;

    LedgersResource(ReferenceExchange exchange, Ledgers ledgers, CurrentCaller current) {
        this.exchange = exchange;
        this.ledgers = ledgers;
        this.current = current;
    }

    /** Stores a year's ledger. */
    @PUT
    public Uni<Response> put(@PathParam("year") String year) {
        ReferenceKey key = key(year);
        if (!exchange.mediaType().equals("text/csv")) {
            throw ReferenceExchange.unsupported("text/csv");
        }
        return exchange.put(key, body -> ledgers.ofCsv(body, year));
    }

    /** Shows a year's ledger. */
    @GET
    public Uni<Response> get(@PathParam("year") String year) {
        return exchange.get(key(year));
    }

    private ReferenceKey key(String year) {
        String tenant = current.require("jobs:write").tenant();
        String rule = "A ledger is of a year from 1900 to 2200.";
        return new ReferenceKey(tenant, Shown.LEDGERS, ReferenceExchange.checked(year, YEAR, rule));
    }
}
