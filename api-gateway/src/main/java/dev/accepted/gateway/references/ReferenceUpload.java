package dev.accepted.gateway.references;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.ContentCoding;
import dev.accepted.gateway.streaming.Upload;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.store.reference.ReferenceTable.Current;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes a body to a file, checks it row by row, and makes it the name's current version. */
@Singleton
class ReferenceUpload {

    private static final long MOST_BYTES = 64L << 20;

    private final References references;

    ReferenceUpload(References references) {
        this.references = references;
    }

    /** Answers 201 for a new name, 200 for one that was there. */
    Uni<Response> take(ReferenceName name, RoutingContext context) {
        HttpServerRequest request = context.request();
        Format format = Format.ofBody(
                request.getHeader("Content-Type"), name.collection().formats());
        ContentCoding coding = ContentCoding.of(request.headers());
        BodyReader.requireWithin(context, MOST_BYTES);
        String ifMatch = request.getHeader("If-Match");
        String location = Origin.of(context) + name.path();
        return Upload.toFile(context, MOST_BYTES)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(body -> answer(name, store(name, format, new Body(body, coding), ifMatch), location));
    }

    /** A body as it was sent. */
    private record Body(Path file, ContentCoding coding) {

        InputStream content() throws IOException {
            return coding.decode(Files.newInputStream(file), MOST_BYTES);
        }
    }

    private Current store(ReferenceName name, Format format, Body body, @Nullable String ifMatch) {
        try {
            if (Files.size(body.file) == 0) {
                throw Problem.of(400, "empty-body", "Empty body", "The request has no body; send the data in it.");
            }
            try (InputStream content = body.content();
                    Canonical canonical = new Canonical()) {
                return references.put(name, name.collection().read(content, format, name.name(), canonical), ifMatch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(body.file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("An upload's file cannot be deleted", e);
        }
    }

    private static Response answer(ReferenceName name, Current version, String location) {
        ResponseBuilder answer = version.created()
                ? Response.created(URI.create(location))
                : Response.ok().header("Location", location);
        return answer.header("ETag", EntityTags.strong(version.version()))
                .header("Cache-Control", "no-store")
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Shown(name, version).summary())
                .build();
    }
}
