package dev.accepted.gateway.problem;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;

/** Where the client reached us: {@code scheme://authority}, the beginning of every absolute address we hand out. */
public final class Origin {

    private Origin() {}

    /** The origin of a request; behind a proxy what {@code quarkus.http.proxy.*} lets through. */
    public static String of(RoutingContext context) {
        HttpServerRequest request = context.request();
        HostAndPort authority = request.authority();
        if (authority == null) {
            // HTTP/1.0 has no Host.
            return request.scheme() + "://" + request.localAddress().hostAddress() + ":"
                    + request.localAddress().port();
        }
        return authority.port() < 0
                ? request.scheme() + "://" + authority.host()
                : request.scheme() + "://" + authority.host() + ":" + authority.port();
    }
}
