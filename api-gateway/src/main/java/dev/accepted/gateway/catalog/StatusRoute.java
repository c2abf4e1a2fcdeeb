package dev.accepted.gateway.catalog;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Answers a GET on a status path of the catalog. */
public interface StatusRoute {

    /**
     * How a job stands.
     *
     * @param id as it came in the path, of whatever shape
     * @param ifNoneMatch the header of that name
     */
    Uni<Response> status(String id, @Nullable String ifNoneMatch);
}
