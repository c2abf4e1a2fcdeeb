package dev.accepted.gateway.submission;

import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.catalog.StatusRoute;
import dev.accepted.gateway.problem.AllowedMethods;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;

/** Every path that no other resource serves: the catalog's, or none. */
@Path("/{path: .*}")
public class CatalogResource {

    private final CatalogFollower catalog;
    private final Submission submission;
    private final Instance<StatusRoute> status;
    private final AllowedMethods allowed;

    CatalogResource(
            CatalogFollower catalog, Submission submission, Instance<StatusRoute> status, AllowedMethods allowed) {
        this.catalog = catalog;
        this.submission = submission;
        this.status = status;
        this.allowed = allowed;
    }

    @POST
    public Uni<Response> post(@Context RoutingContext context) {
        Optional<AnnouncedType> type =
                catalog.current().bySubmitPath(context.request().path());
        return type.isPresent() ? submission.of(type.get(), context) : refused(context);
    }

    @GET
    public Uni<Response> get(@Context RoutingContext context) {
        Optional<String> id = catalog.current().idInStatusPath(context.request().path());
        return id.isPresent() && status.isResolvable() ? status.get().status(id.get(), context) : refused(context);
    }

    @PUT
    public Uni<Response> put(@Context RoutingContext context) {
        return refused(context);
    }

    @PATCH
    public Uni<Response> patch(@Context RoutingContext context) {
        return refused(context);
    }

    @DELETE
    public Uni<Response> delete(@Context RoutingContext context) {
        return refused(context);
    }

    @OPTIONS
    public Uni<Response> options(@Context RoutingContext context) {
        Set<String> methods = allowed.at(context.request().path());
        return methods.isEmpty()
                ? refused(context)
                : Uni.createFrom().item(Response.noContent().allow(methods).build());
    }

    private Uni<Response> refused(RoutingContext context) {
        Set<String> methods = allowed.at(context.request().path());
        Problem problem = methods.isEmpty()
                ? Problems.noSuchPath()
                : Problems.methodNotAllowed(context.request().method().name(), methods);
        return Uni.createFrom().failure(problem);
    }
}
