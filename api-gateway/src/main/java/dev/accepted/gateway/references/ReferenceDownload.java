package dev.accepted.gateway.references;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.Download;
import dev.accepted.store.reference.ReferenceTable.Current;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Shows the current version of a name. */
@Singleton
class ReferenceDownload {

    private final References references;

    ReferenceDownload(References references) {
        this.references = references;
    }

    /** Answers with the content, as JSON or CSV. */
    Uni<Response> show(ReferenceName name, HttpHeaders headers, HttpMethod method) {
        Format format = Format.wanted(headers.getAcceptableMediaTypes());
        String ifNoneMatch = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        return Uni.createFrom()
                .item(() -> {
                    Current version = references.find(name).orElseThrow(ReferenceDownload::notFound);
                    if (EntityTags.ifNoneMatchHolds(ifNoneMatch, EntityTags.strong(version.version()))) {
                        return described(Response.notModified(), version).build();
                    }
                    ResponseBuilder answer = described(Response.ok(), version).type(format.contentType());
                    return method.equals(HttpMethod.HEAD)
                            ? answer.build()
                            : content(answer, new Shown(name, version), format);
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** By way of a file: what is shown is not what is stored, and its length must be known before it is sent. */
    private Response content(ResponseBuilder answer, Shown shown, Format format) {
        try {
            Path file = Files.createTempFile("reference-", ".part");
            try (InputStream stored = references.open(shown.name(), shown.version());
                    OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                shown.write(format, stored, out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            long length = Files.size(file);
            Download download =
                    new Download(() -> Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE), length);
            return answer.header(HttpHeaders.CONTENT_LENGTH, length)
                    .entity(download)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResponseBuilder described(ResponseBuilder answer, Current version) {
        return answer.header("ETag", EntityTags.strong(version.version()))
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Accept, Authorization");
    }

    private static Problem notFound() {
        return Problem.of(
                        404,
                        "reference-not-found",
                        "Reference not found",
                        "There is nothing under this name; store it with PUT.")
                .withHeader("Cache-Control", "no-store");
    }
}
