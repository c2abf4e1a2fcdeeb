package dev.accepted.gateway.submission;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.ContentCoding;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** Takes the coding off a body, on a worker thread: a few bytes of it may be millions. */
final class CodedBody {

    private static final int PIECE = 64 * 1024;

    private final RoutingContext context;
    private final long maxBytes;
    private final BodyRoom room;
    private final AtomicLong held = new AtomicLong();

    private CodedBody(RoutingContext context, long maxBytes, BodyRoom room) {
        this.context = context;
        this.maxBytes = maxBytes;
        this.room = room;
    }

    static CodedBody of(RoutingContext context, long maxBytes, BodyRoom room) {
        return new CodedBody(context, maxBytes, room);
    }

    /** The body that was sent, decoded, on the thread that this is called on. */
    Uni<byte[]> decoded(Uni<byte[]> sent) {
        if (context.request().getHeader("Content-Encoding") == null) {
            return sent;
        }
        Context requestThread = Vertx.currentContext();
        context.addEndHandler(answered -> room.giveBack(held.get()));
        return sent.chain(body -> codingOf() == ContentCoding.IDENTITY || body.length == 0
                        ? Uni.createFrom().item(body)
                        : room.forTreeOf(PIECE, () -> decode(body)))
                .emitOn(task -> requestThread.runOnContext(now -> task.run()));
    }

    private ContentCoding codingOf() {
        return ContentCoding.of(context.request().headers());
    }

    private byte[] decode(byte[] body) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(body.length);
        byte[] piece = new byte[PIECE];
        try (InputStream content = codingOf().decode(new ByteArrayInputStream(body), maxBytes)) {
            for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
                hold(count);
                decoded.write(piece, 0, count);
            }
            return decoded.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Problem 503 if there is no room */
    private void hold(int bytes) {
        if (!room.take(bytes)) {
            throw BodyRoom.full();
        }
        held.addAndGet(bytes);
    }
}
