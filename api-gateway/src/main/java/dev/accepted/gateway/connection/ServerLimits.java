package dev.accepted.gateway.connection;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Sets the server's own limits just above ours, so that ours come first, and turns the guard of connections on. */
@ApplicationScoped
class ServerLimits implements HttpServerOptionsCustomizer {

    static final int LONGEST_URI = 8 * 1024;
    static final int LARGEST_HEADERS = 16 * 1024;

    /** Method, spaces and version, which stand on the URI's line. */
    private static final int BESIDE_THE_URI = 64;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        apply(options);
        // Netty looks once, when the first server of the process opens, which is this one.
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }

    /** HTTP/2 in clear text would pass the guard by; over TLS it stays, with frames instead of framing. */
    static HttpServerOptions apply(HttpServerOptions options) {
        options.getInitialSettings().setMaxHeaderListSize(2 * (LONGEST_URI + LARGEST_HEADERS));
        return options.setMaxInitialLineLength(LONGEST_URI + BESIDE_THE_URI)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setHttp2ClearTextEnabled(false);
    }
}
