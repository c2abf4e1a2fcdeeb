package dev.accepted.gateway.submission;

import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.streaming.StallWatch;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads a body into memory, up to a limit, without a thread that waits. */
public final class BodyReader {

    private static final String CONTENT_LENGTH = "Content-Length";
    private static final String EXPECT = "Expect";
    private static final String KEY = BodyReader.class.getName();

    private final HttpServerRequest request;
    private final long maxBytes;
    private final UniEmitter<? super byte[]> answer;
    private final BodyRoom room;
    private long held;
    private @Nullable Buffer first;
    private @Nullable ByteArrayOutputStream more;
    private @Nullable StallWatch stall;
    private boolean over;

    private BodyReader(HttpServerRequest request, long maxBytes, BodyRoom room, UniEmitter<? super byte[]> answer) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.room = room;
        this.answer = answer;
    }

    /**
     * Makes sure that the request does not announce more than is taken: the cheap half of the limit.
     *
     * @throws dev.accepted.gateway.problem.Problem 413, or 417 for an expectation that is not met here
     */
    public static void requireWithin(RoutingContext context, long maxBytes) {
        String expected = context.request().getHeader(EXPECT);
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            throw Problems.plain(417, "The only expectation met here is 100-continue.");
        }
        String length = context.request().getHeader(CONTENT_LENGTH);
        if (length != null && Long.parseLong(length.strip()) > maxBytes) {
            throw Problems.contentTooLarge(maxBytes);
        }
    }

    /**
     * Reads the whole body. Call it on the request's own thread; what it returns comes there too, and fails with a
     * {@link dev.accepted.gateway.problem.Problem} 413 as soon as one byte too many came, 408 when nothing comes any more.
     *
     * @param maxBytes inclusive, of the body without its coding
     * @param room what the body takes of it is given back when the request is answered
     */
    public static Uni<byte[]> read(RoutingContext context, long maxBytes, BodyRoom room) {
        Uni<byte[]> sent = Uni.createFrom()
                .emitter(answer -> new BodyReader(context.request(), maxBytes, room, answer).begin(context));
        return CodedBody.of(context, maxBytes, room).decoded(sent);
    }

    private void begin(RoutingContext context) {
        if (request.isEnded()) {
            answer.complete(new byte[0]);
            return;
        }
        context.put(KEY, this);
        context.addEndHandler(answered -> giveBack());
        request.handler(this::take);
        request.endHandler(end -> finish());
        request.exceptionHandler(broken -> fail(StallWatch.meaningOf(broken)));
        stall = StallWatch.begin(context, this::fail);
        if (request.getHeader(EXPECT) != null) {
            context.response().writeContinue();
        }
        request.resume();
    }

    /** Gives back what a request's body took, when nobody reads it any more and the answer may take long. */
    static void letGo(RoutingContext context) {
        BodyReader reader = context.get(KEY);
        if (reader != null) {
            reader.giveBack();
        }
    }

    private void giveBack() {
        room.giveBack(held);
        held = 0;
        first = null;
        more = null;
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (stall != null) {
            stall.moved();
        }
        long length = (first == null ? 0 : more == null ? first.length() : more.size()) + (long) chunk.length();
        if (length > maxBytes) {
            fail(Problems.contentTooLarge(maxBytes));
        } else if (!holds(chunk.length())) {
            fail(BodyRoom.full());
        } else if (first == null) {
            first = chunk;
        } else {
            if (more == null) {
                more = new ByteArrayOutputStream(4 * (first.length() + chunk.length()));
                more.writeBytes(first.getBytes());
            }
            more.writeBytes(chunk.getBytes());
        }
    }

    private boolean holds(int more) {
        if (!room.take(more)) {
            return false;
        }
        held += more;
        return true;
    }

    private void end() {
        over = true;
        if (stall != null) {
            stall.end();
        }
    }

    private void finish() {
        if (!over) {
            end();
            answer.complete(more != null ? more.toByteArray() : first != null ? first.getBytes() : new byte[0]);
        }
    }

    private void fail(Throwable reason) {
        end();
        first = null;
        more = null;
        answer.fail(reason);
    }
}
