package dev.accepted.gateway.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Lets a client that is still sending see the refusal: what arrives after the answer is read and dropped for a few
 * seconds. A connection that is closed at once would be reset, and the answer lost with it.
 */
@ApplicationScoped
public class UnreadBody {

    private static final long PATIENCE_MILLIS = Duration.ofSeconds(5).toMillis();
    private static final int AFTER_NAMING = 900;

    void register(@Observes Filters filters) {
        filters.register(this::watch, AFTER_NAMING);
    }

    private void watch(RoutingContext context) {
        if (!context.request().isEnded()) {
            context.addEndHandler(ended -> drain(context));
        }
        context.next();
    }

    private static void drain(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(dropped -> {});
        request.resume();
        context.vertx().setTimer(PATIENCE_MILLIS, late -> {
            if (!request.isEnded()) {
                stop(context);
            }
        });
    }

    private static void stop(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            // The connection carries other requests too.
            context.response().reset();
        } else {
            var unused = context.request().connection().close();
        }
    }
}
