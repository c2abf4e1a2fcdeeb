package dev.accepted.gateway.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the requests and answers of one connection. Behind a request that is broken nothing is let through any more, and
 * the connection ends only when the client had the time to read why. Used by the connection's own thread alone.
 */
final class Exchanges extends ChannelDuplexHandler {

    private static final long LINGER_SECONDS = 5;

    private long begun;
    private long unanswered;
    private boolean betweenRequests = true;
    private boolean broken;
    private @Nullable ChannelPromise closing;

    /** How many requests have begun on this connection. */
    long begun() {
        return begun;
    }

    /** Whether the next bytes are those of a request that has not begun. */
    boolean awaitsHead() {
        return betweenRequests && !broken;
    }

    /** Whether every request that began has its answer. */
    boolean allAnswered() {
        return unanswered == 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (broken) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            begun++;
            unanswered++;
            betweenRequests = false;
            check(request);
        }
        if (message instanceof LastHttpContent) {
            betweenRequests = true;
        }
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            broken = true;
        }
        context.fireChannelRead(message);
    }

    private static void check(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return;
        }
        String fault = fault(request);
        if (fault != null) {
            // The answer has the version of the request, and there is an answer of HTTP/1 alone.
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            request.setDecoderResult(DecoderResult.failure(new BrokenFraming(fault)));
        }
    }

    private static @Nullable String fault(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return "Its version is none of HTTP/1.";
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_1)) {
            return "It does not have exactly one Host.";
        }
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            return "Its Transfer-Encoding is another than chunked.";
        }
        return null;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim =
                message instanceof HttpResponse answer && answer.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        boolean last = message instanceof LastHttpContent && !interim;
        var unused = context.write(message, promise);
        if (last && --unanswered <= 0 && closing != null) {
            sayNoMore(context);
        }
    }

    /** What the client has sent meanwhile would reset the connection, and with it the answer that is on its way. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        boolean canLinger =
                context.channel() instanceof DuplexChannel && context.pipeline().get(SslHandler.class) == null;
        if (!broken || !canLinger || !context.channel().isActive()) {
            var unused = context.close(promise);
            return;
        }
        if (closing != null) {
            context.channel().closeFuture().addListener(ended -> promise.trySuccess());
            return;
        }
        closing = promise;
        context.channel().config().setAutoRead(true);
        Runnable atLast = () -> context.close(promise).addListener(ended -> {});
        var unused = context.executor().schedule(atLast, LINGER_SECONDS, TimeUnit.SECONDS);
        if (unanswered <= 0) {
            sayNoMore(context);
        }
    }

    /** Once everything that was said has left. */
    private static void sayNoMore(ChannelHandlerContext context) {
        DuplexChannel channel = (DuplexChannel) context.channel();
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(left -> {
            var unused = channel.shutdownOutput();
        });
    }
}
