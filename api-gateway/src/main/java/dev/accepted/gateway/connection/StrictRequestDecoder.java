package dev.accepted.gateway.connection;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that says its length in two ways. The server would take one of them, and whatever stands in front of
 * it perhaps the other: what is the end of one request to the first is a request of its own to the second.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private long linesRead;

    StrictRequestDecoder() {
        super(ServerLimits.apply(new HttpServerOptions()));
    }

    /**
     * Whether it holds part of a head.
     *
     * @param begun requests that it has handed on
     */
    boolean isWithinAHead(long begun) {
        return linesRead > begun || actualReadableBytes() > 0;
    }

    @Override
    protected HttpMessage createMessage(String[] firstLine) {
        linesRead++;
        return super.createMessage(firstLine);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new BrokenFraming("It has both a Content-Length and a Transfer-Encoding.");
    }
}
