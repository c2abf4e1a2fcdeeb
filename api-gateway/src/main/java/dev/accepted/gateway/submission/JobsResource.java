package dev.accepted.gateway.submission;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** {@code POST /jobs}: any type, named in the body. */
@Path("/jobs")
public class JobsResource {

    private final Submission submission;

    JobsResource(Submission submission) {
        this.submission = submission;
    }

    @POST
    public Uni<Response> submit(@Context RoutingContext context) {
        return submission.ofAnyType(context);
    }
}
