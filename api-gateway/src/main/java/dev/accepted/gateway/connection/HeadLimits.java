package dev.accepted.gateway.connection;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Refuses a URI or headers that are longer than what is taken, to the byte, whatever the version of HTTP. */
@ApplicationScoped
class HeadLimits {

    private static final int AFTER_NAMING = 950;

    /** Colon, space and line end, which no header goes without. */
    private static final int BESIDE_NAME_AND_VALUE = 4;

    void register(@Observes Filters filters) {
        filters.register(HeadLimits::check, AFTER_NAMING);
    }

    private static void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.uri().length() > ServerLimits.LONGEST_URI) {
            context.fail(uriTooLong());
        } else if (sizeOf(request) > ServerLimits.LARGEST_HEADERS) {
            context.fail(headersTooLarge());
        } else {
            context.next();
        }
    }

    private static long sizeOf(HttpServerRequest request) {
        long size = 0;
        for (Map.Entry<String, String> header : request.headers()) {
            size += header.getKey().length() + header.getValue().length() + BESIDE_NAME_AND_VALUE;
        }
        return size;
    }

    static Problem uriTooLong() {
        return Problems.plain(414, "The URI is longer than the " + ServerLimits.LONGEST_URI + " bytes that are taken.");
    }

    static Problem headersTooLarge() {
        return Problems.plain(
                431, "The headers are larger than the " + ServerLimits.LARGEST_HEADERS + " bytes that are taken.");
    }
}
