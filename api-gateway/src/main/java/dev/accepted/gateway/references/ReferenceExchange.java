package dev.accepted.gateway.references;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.references.References.ReferenceKey;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.store.reference.ReferenceTable.Current;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Takes and shows reference data over HTTP, whatever the collection. */
@RequestScoped
class ReferenceExchange {

    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    private final References references;
    private final RoutingContext request;
    private final BodyRoom room;

    ReferenceExchange(References references, RoutingContext request, BodyRoom room) {
        this.references = references;
        this.request = request;
        this.room = room;
    }

    static String checked(String name, Pattern pattern, String rule) {
        if (!pattern.matcher(name).matches()) {
            throw Problem.of(404, "reference-not-found", "Reference not found", rule);
        }
        return name;
    }

    /** Makes the canonical form of a body. */
    interface Reading {
        Canonical of(byte[] body) throws IOException;
    }

    Uni<Response> put(ReferenceKey key, Reading reading) {
        BodyReader.requireWithin(request, MOST_BYTES);
        String ifMatch = request.request().getHeader("If-Match");
        String location = Origin.of(request) + "/" + key.collection() + "/" + key.name();
        return BodyReader.read(request, MOST_BYTES, room)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(body -> {
                    try {
                        Current stored = references.put(key, canonical(body, reading), ifMatch);
                        return stored(key, stored, location);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static Canonical canonical(byte[] body, Reading reading) {
        if (body.length == 0) {
            throw Problem.of(400, "empty-body", "Empty body", "The request has no body; send the data in it.");
        }
        try {
            return reading.of(body);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw Csv.malformed(e);
        }
    }

    private static Response stored(ReferenceKey key, Current version, String location) {
        ResponseBuilder answer = version.created()
                ? Response.created(URI.create(location))
                : Response.ok().header("Location", location);
        return described(answer, version)
                .type(JSON)
                .entity(Shown.of(key, version))
                .build();
    }

    Uni<Response> get(ReferenceKey key) {
        String ifNoneMatch = request.request().getHeader("If-None-Match");
        boolean csv = String.valueOf(request.request().getHeader("Accept")).startsWith(CSV);
        return Uni.createFrom()
                .item(() -> {
                    Current version = references.find(key).orElseThrow(ReferenceExchange::notFound);
                    if (EntityTags.ifNoneMatchHolds(ifNoneMatch, EntityTags.strong(version.version()))) {
                        return described(Response.notModified(), version).build();
                    }
                    try (var content = references.open(key, version)) {
                        return described(Response.ok(), version)
                                .type(csv ? CSV : JSON)
                                .entity(csv ? Shown.csv(key, version, content) : Shown.json(key, version, content))
                                .build();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static ResponseBuilder described(ResponseBuilder answer, Current version) {
        return answer.header("ETag", EntityTags.strong(version.version()))
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Accept, Authorization");
    }

    String mediaType() {
        String type = String.valueOf(request.request().getHeader("Content-Type"));
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    static Problem unsupported(String taken) {
        return Problem.of(
                        415,
                        "unsupported-media-type",
                        "Unsupported media type",
                        "Only " + taken + " in UTF-8 is taken here.")
                .withHeader("Accept", taken.replace(" or ", ", "));
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
