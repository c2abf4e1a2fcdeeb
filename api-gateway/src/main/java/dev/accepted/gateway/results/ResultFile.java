package dev.accepted.gateway.results;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.Download;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that a job made, and the answer with it, whole or in part. */
@Singleton
class ResultFile {

    private final ObjectStore objects;

    ResultFile(ObjectStore objects) {
        this.objects = objects;
    }

    /** A tenant's file under a digest, with the type of the job that made it. */
    record Found(StoredObject object, String jobType) {}

    /** Only what a job made is a result: inputs and reference data lie there too. */
    Found find(String tenant, String digest) throws IOException {
        Optional<StoredObject> object = objects.find(tenant, digest);
        String jobType = object.map(StoredObject::jobType).orElse(null);
        if (object.isEmpty() || jobType == null) {
            throw notFound();
        }
        return new Found(object.get(), jobType);
    }

    /** The file, or what the request's Range names of it; or that the client has it. */
    Response answer(StoredObject object, String tenant, HttpHeaders headers, boolean withContent) {
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
        return send(object, tenant, asked, tag, withContent);
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
