package dev.accepted.gateway.results;

import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;

/** {@code GET /operations/results/{tenant}/{digest}}: the same file for an operator, whosever it is. */
@Path("/operations/results/{tenant}/{digest}")
@Blocking
public class FleetResultsResource {

    private static final Logger LOG = Logger.getLogger(FleetResultsResource.class);

    private final ResultFile files;
    private final CurrentCaller current;

    FleetResultsResource(ResultFile files, CurrentCaller current) {
        this.files = files;
        this.current = current;
    }

    /** The file, or what the request's Range names of it. */
    @GET
    public Response content(
            @PathParam("tenant") String tenant, @PathParam("digest") String digest, @Context HttpHeaders headers)
            throws IOException {
        return answer(tenant, digest, headers, true);
    }

    /** The same without the file. */
    @HEAD
    public Response head(
            @PathParam("tenant") String tenant, @PathParam("digest") String digest, @Context HttpHeaders headers)
            throws IOException {
        return answer(tenant, digest, headers, false);
    }

    private Response answer(String tenant, String digest, HttpHeaders headers, boolean withContent) throws IOException {
        Caller operator = current.require(Caller.OPERATIONS);
        ResultFile.Found file = files.find(tenant, digest);
        if (withContent) {
            LOG.infof("%s reads the result %s of %s", operator.subject(), digest, tenant);
        }
        return files.answer(file.object(), tenant, headers, withContent);
    }
}
