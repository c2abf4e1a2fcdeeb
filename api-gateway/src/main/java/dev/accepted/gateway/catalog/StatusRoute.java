package dev.accepted.gateway.catalog;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;

/** Answers how a job stands, on whatever path its type has for that. */
public interface StatusRoute {

    Uni<Response> status(String id, RoutingContext request);
}
