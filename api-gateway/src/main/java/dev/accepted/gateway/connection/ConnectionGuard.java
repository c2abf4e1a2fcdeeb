package dev.accepted.gateway.connection;

import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.problem.UnroutedAnswer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.VertxHandler;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands first in a connection's pipeline. With the first bytes of HTTP/1 it makes the decoder a strict one; then it
 * watches that each head, once begun, comes to its end in time. Used by the connection's own thread alone.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    private static final String DECODER = "httpDecoder";
    private static final String ENCODER = "httpEncoder";
    private static final String CONNECTION = "handler";

    private final Duration patience;
    private final UnroutedAnswer answers;
    private final Exchanges exchanges = new Exchanges();
    private @Nullable StrictRequestDecoder decoder;
    private @Nullable ScheduledFuture<?> alarm;

    ConnectionGuard(Duration patience, UnroutedAnswer answers) {
        this.patience = patience;
        this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (decoder == null) {
            decoder = installed(context.pipeline());
        }
        long before = exchanges.begun();
        context.fireChannelRead(bytes);
        if (exchanges.begun() != before) {
            disarm();
        }
        if (alarm == null && decoder != null && exchanges.awaitsHead() && decoder.isWithinAHead(exchanges.begun())) {
            arm(context);
        }
    }

    /** Over TLS the server makes its pipeline after the handshake, and for HTTP/2 another one. */
    private @Nullable StrictRequestDecoder installed(ChannelPipeline pipeline) {
        if (pipeline.get(DECODER) instanceof VertxHttpRequestDecoder
                && pipeline.get(CONNECTION) instanceof VertxHandler<?> handler
                && handler.getConnection() instanceof HttpServerConnection connection) {
            StrictRequestDecoder strict = new StrictRequestDecoder();
            pipeline.replace(DECODER, DECODER, strict);
            pipeline.addAfter(ENCODER, "exchanges", exchanges);
            connection.invalidRequestHandler(new InvalidRequest(answers));
            return strict;
        }
        return null;
    }

    private void arm(ChannelHandlerContext context) {
        alarm = context.executor().schedule(() -> stalled(context), patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void disarm() {
        if (alarm != null) {
            alarm.cancel(false);
            alarm = null;
        }
    }

    private void stalled(ChannelHandlerContext context) {
        if (!exchanges.allAnswered()) {
            // The client of an answer that is still to come may be slow with its next request.
            arm(context);
            return;
        }
        byte[] answer = answers.inFull(Problems.plain(408, "The request began and its head did not come to an end."));
        context.writeAndFlush(Unpooled.wrappedBuffer(answer)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        disarm();
        context.fireChannelInactive();
    }
}
