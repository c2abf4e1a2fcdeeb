package dev.accepted.gateway.bulk;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.streaming.StallWatch;
import dev.accepted.gateway.submission.BodyRoom;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of lines no faster than the log takes them: while {@value #MOST_ITEMS} items or {@value #MOST_BYTES} bytes
 * are under way the request is paused. All of it happens on the request's own thread, but for the work itself.
 */
final class LineStream {

    private static final int MOST_ITEMS = 2_000;
    private static final long MOST_BYTES = 4 << 20;

    private final HttpServerRequest request;
    private final Context thread;
    private final BodyRoom room;
    private final LineSplitter lines;
    private final BatchRun run;
    private final UniEmitter<? super Long> answer;
    private final Queue<Portion> waiting = new ArrayDeque<>();
    private @Nullable StallWatch stall;
    private boolean checking;
    private boolean paused;
    private boolean ended;
    private int portions;
    private int items;
    private long bytes;
    private long held;
    private long received;

    /** What one piece of the body completes, and the room that it takes. */
    private record Portion(List<Item> items, long bytes) {}

    private LineStream(
            RoutingContext context, BodyRoom room, LineSplitter lines, BatchRun run, UniEmitter<? super Long> answer) {
        this.request = context.request();
        this.thread = Vertx.currentContext();
        this.room = room;
        this.lines = lines;
        this.run = run;
        this.answer = answer;
    }

    /**
     * Submits what the body has. Call it on the request's own thread; what it returns comes there too, when the outcomes
     * of all items are known: how many bytes there were.
     */
    static Uni<Long> submit(RoutingContext context, BodyRoom room, LineSplitter lines, BatchRun run) {
        return Uni.createFrom().emitter(answer -> new LineStream(context, room, lines, run, answer).begin(context));
    }

    private void begin(RoutingContext context) {
        if (request.isEnded()) {
            answer.complete(0L);
            return;
        }
        request.handler(this::take);
        request.endHandler(end -> end(lines.end()));
        request.exceptionHandler(broken -> fail(StallWatch.meaningOf(broken)));
        stall = StallWatch.begin(context, this::fail);
        if (request.getHeader("Expect") != null) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void take(Buffer piece) {
        if (ended) {
            return;
        }
        moved();
        received += piece.length();
        boolean fits = room.take(piece.length());
        held += fits ? piece.length() : 0;
        Problem notKept = fits ? null : BodyRoom.full();
        List<Item> complete = lines.take(piece.getBytes(), notKept);
        if (lines.isFull()) {
            end(complete);
        } else if (!complete.isEmpty()) {
            add(complete);
        }
    }

    private void end(List<Item> last) {
        if (!ended) {
            ended = true;
            watchNoMore();
            add(last);
        }
    }

    /** What was sent before stays sent. */
    private void fail(Throwable why) {
        if (!ended) {
            ended = true;
            watchNoMore();
            room.giveBack(held);
            answer.fail(why);
        }
    }

    /** The client has sent something, or was kept from it until now. */
    private void moved() {
        if (stall != null) {
            stall.moved();
        }
    }

    private void watchNoMore() {
        if (stall != null) {
            stall.end();
        }
    }

    private void add(List<Item> complete) {
        waiting.add(new Portion(complete, held));
        portions++;
        items += complete.size();
        bytes += held;
        held = 0;
        if ((items >= MOST_ITEMS || bytes >= MOST_BYTES) && !ended) {
            request.pause();
            paused = true;
        }
        next();
    }

    /** One portion is checked at a time, so that one client takes one thread. */
    private void next() {
        Portion portion = checking ? null : waiting.poll();
        if (portion != null) {
            checking = true;
            Infrastructure.getDefaultWorkerPool().execute(() -> submit(portion));
        }
    }

    private void submit(Portion portion) {
        CompletableFuture<?> outcomes = run.submit(portion.items());
        thread.runOnContext(checked -> {
            checking = false;
            next();
        });
        var unused = outcomes.whenComplete((known, never) -> thread.runOnContext(now -> over(portion)));
    }

    private void over(Portion portion) {
        room.giveBack(portion.bytes());
        portions--;
        items -= portion.items().size();
        bytes -= portion.bytes();
        moved();
        if (ended && portions == 0) {
            answer.complete(received);
        } else if (paused && items <= MOST_ITEMS / 2 && bytes <= MOST_BYTES / 2) {
            paused = false;
            request.resume();
        }
    }
}
