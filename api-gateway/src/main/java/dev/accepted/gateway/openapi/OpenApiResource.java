package dev.accepted.gateway.openapi;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Origin;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code GET /openapi}: for everybody, as the links of every answer lead here. */
@Path("/openapi")
public class OpenApiResource {

    private final OpenApiDocument document;
    private final Catalog catalog;

    OpenApiResource(OpenApiDocument document, Catalog catalog) {
        this.document = document;
        this.catalog = catalog;
    }

    @GET
    @NonBlocking
    public Response read(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        return Response.ok(document.of(forClients(), Origin.of(context)).toString())
                .header("Content-Type", "application/json")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private List<JobTypeDescriptor> forClients() {
        return catalog.all().stream().filter(type -> !type.internal()).toList();
    }
}
