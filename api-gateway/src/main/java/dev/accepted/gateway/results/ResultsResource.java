package dev.accepted.gateway.results;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.status.ReadRights;
import dev.accepted.gateway.streaming.Download;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** {@code GET /results/{digest}}: an immutable file, whole or in part. */
@Path("/results/{digest}")
@Blocking
public class ResultsResource {

    private final ObjectStore objects;
    private final CurrentCaller current;
    private final ReadRights rights;

    ResultsResource(ObjectStore objects, CurrentCaller current, ReadRights rights) {
        this.objects = objects;
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
        StoredObject object = objects.find(caller.tenant(), digest).orElseThrow(ResultsResource::notFound);
        if (object.jobType() == null) {
            throw notFound();
        }
        rights.require(object.jobType());
        String tag = EntityTags.strong(object.digest());
        if (EntityTags.ifNoneMatchHolds(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
            return described(Response.notModified(), tag).build();
        }
        String ifRange = headers.getHeaderString("If-Range");
        @Nullable
        String range = ifRange == null || ifRange.strip().equals(tag) ? headers.getHeaderString("Range") : null;
        ByteRange.Asked asked = ByteRange.of(range, object.sizeBytes());
        if (asked.kind() == ByteRange.Kind.UNSATISFIABLE) {
            throw unsatisfiable(object);
        }
        return send(object, caller.tenant(), asked, tag, withContent);
    }

    private Response send(StoredObject object, String tenant, ByteRange.Asked asked, String tag, boolean withContent) {
        ByteRange range = asked.range();
        boolean part = asked.kind() == ByteRange.Kind.PART;
        ResponseBuilder answer = described(Response.status(part ? 206 : 200), tag)
                .header("Content-Type", object.contentType())
                .header("Content-Disposition", disposition(object.name()))
                .header("Content-Length", range.length())
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff");
        if (part) {
            answer.header("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + object.sizeBytes());
        }
        if (withContent && range.length() > 0) {
            answer.entity(new Download(() -> objects.open(tenant, object.digest(), range.first()), range.length()));
        }
        return answer.build();
    }

    private static ResponseBuilder described(ResponseBuilder answer, String tag) {
        return answer.header("ETag", tag)
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .header("Vary", "Authorization");
    }

    private static String disposition(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static Problem notFound() {
        return Problem.of(
                        404,
                        "result-not-found",
                        "Result not found",
                        "There is no result under this address. Results are addressed by a job's result_url.")
                .withHeader("Cache-Control", "no-store");
    }

    private static Problem unsatisfiable(StoredObject object) {
        return Problem.of(
                        416,
                        "range-not-satisfiable",
                        "Range not satisfiable",
                        "The result has " + object.sizeBytes() + " bytes; ask for a range within them.")
                .withHeader("Content-Range", "bytes */" + object.sizeBytes());
    }
}
