package dev.accepted.gateway.results;

import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.status.ReadRights;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** {@code GET /results/{digest}}: an immutable file, whole or in part. */
@Path("/results/{digest}")
@Blocking
public class ResultsResource {

    private final ResultFile files;
    private final CurrentCaller current;
    private final ReadRights rights;

    ResultsResource(ResultFile files, CurrentCaller current, ReadRights rights) {
        this.files = files;
        this.current = current;
        this.rights = rights;
    }

    /** The file, or what the request's Range names of it. */
    @GET
    public Response content(@PathParam("digest") String digest, @Context HttpHeaders headers) throws IOException {
        return answer(digest, headers, true);
    }

    /** The same without the file. */
    @HEAD
    public Response head(@PathParam("digest") String digest, @Context HttpHeaders headers) throws IOException {
        return answer(digest, headers, false);
    }

    private Response answer(String digest, HttpHeaders headers, boolean withContent) throws IOException {
        Caller caller = current.get();
        ResultFile.Found file = files.find(caller.tenant(), digest);
        rights.require(file.jobType());
        return files.answer(file.object(), caller.tenant(), headers, withContent);
    }
}
