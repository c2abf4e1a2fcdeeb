package dev.accepted.gateway.http;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/** A route with a bug. */
@Path("/faulty")
public class Faulty {

    public static final String SECRET = "jdbc:postgresql://secret";

    @GET
    public Uni<Response> fail() {
        return Uni.createFrom().failure(new IllegalStateException(SECRET));
    }

    @GET
    @Path("/at-once")
    public Response failAtOnce() {
        throw new IllegalStateException(SECRET);
    }
}
