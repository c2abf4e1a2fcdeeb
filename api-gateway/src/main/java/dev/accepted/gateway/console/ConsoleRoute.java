package dev.accepted.gateway.console;

import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.problem.Problems;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /console}: a page and its parts, for everybody who can reach the gateway; what it shows it asks for with the token
 * of whoever looks. No part of the API, so the OpenAPI document does not have it. Blocks nothing.
 */
@Singleton
class ConsoleRoute {

    private static final String ROOT = "/console";
    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    /** Scripts, styles and answers come from here and from nowhere else, and nobody makes markup of a text. */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-cache");

    private final ConsoleFiles files;

    ConsoleRoute(ConsoleFiles files) {
        this.files = files;
    }

    void register(@Observes Router router) {
        router.route(ROOT + "/*").handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String below = context.normalizedPath().substring(ROOT.length());
        Optional<ConsoleFile> file = files.find(below.isEmpty() ? "" : below.substring(1));
        if (file.isEmpty()) {
            context.fail(Problems.noSuchPath());
            return;
        }
        HttpMethod method = context.request().method();
        if (method.equals(HttpMethod.OPTIONS)) {
            var unused = context.response()
                    .setStatusCode(204)
                    .putHeader("Allow", ALLOWED)
                    .end();
        } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            send(file.get(), context.request());
        } else {
            context.fail(Problems.methodNotAllowed(method.name(), Set.of(ALLOWED.split(", "))));
        }
    }

    private static void send(ConsoleFile file, HttpServerRequest request) {
        HttpServerResponse response = request.response();
        HEADERS.forEach(response::putHeader);
        response.putHeader("ETag", file.tag());
        if (EntityTags.ifNoneMatchHolds(request.getHeader("If-None-Match"), file.tag())) {
            var unused = response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.contentType())
                .putHeader("Content-Length", Integer.toString(file.content().length));
        var unused = request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(file.buffer());
    }
}
