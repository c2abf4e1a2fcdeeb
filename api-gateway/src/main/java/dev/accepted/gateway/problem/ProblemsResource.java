package dev.accepted.gateway.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What stands behind a problem's {@code type}: the same for everybody, so no caller is asked for. */
@Path("/problems/{slug}")
public class ProblemsResource {

    private final ProblemCatalog problems;

    ProblemsResource(ProblemCatalog problems) {
        this.problems = problems;
    }

    @GET
    @NonBlocking
    public Response describe(@PathParam("slug") String slug, @Context RoutingContext context) {
        ProblemCatalog.Entry entry = problems.find(slug).orElseThrow(Problems::noSuchPath);
        ObjectNode document = Wire.JSON.createObjectNode().put("type", Origin.of(context) + "/problems/" + slug);
        document.setAll((ObjectNode) Wire.JSON.valueToTree(entry));
        return Response.ok(document.toString())
                .header("Content-Type", "application/json")
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }
}
