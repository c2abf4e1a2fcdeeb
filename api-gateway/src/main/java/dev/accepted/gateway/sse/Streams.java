package dev.accepted.gateway.sse;

import dev.accepted.gateway.draining.Draining;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.watching.Places;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** The streams that are open on this gateway. Safe for use by many threads. */
@Singleton
public class Streams {

    private static final long COMMENT_MILLIS = Duration.ofSeconds(15).toMillis();
    private static final long GOODBYE_MILLIS = 2_000;
    private static final int LEAST_RETRY_SECONDS = 3;
    private static final int MOST_RETRY_SECONDS = 12;

    private final Places places;
    private final Vertx vertx;
    private final RandomGenerator random;
    private final Map<Stream, Context> open = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    Streams(Places places, Vertx vertx, RandomGenerator random) {
        this.places = places;
        this.vertx = vertx;
        this.random = random;
    }

    /**
     * Makes sure that there is a place for one more, before anything is done for it.
     *
     * @throws Problem 503
     */
    public void requirePlace() {
        if (stopped || places.free() <= 0) {
            throw full();
        }
    }

    /**
     * The answer that is a stream, or only says that there is one to whoever asks for its head.
     *
     * @param thread the request's
     * @throws Problem 503 if there is no place for one more
     */
    public Response answer(Feed feed, RoutingContext request, Context thread) {
        Response.ResponseBuilder answer = Response.ok()
                .header("Content-Type", "text/event-stream")
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization")
                .header("X-Accel-Buffering", "no");
        if (HttpMethod.HEAD.equals(request.request().method())) {
            return answer.build();
        }
        takePlace(request, thread);
        return answer.entity(new Stream(feed, request, thread, stream -> began(stream, thread)))
                .build();
    }

    /**
     * Takes a place for a stream that is going to be opened. It is given back when the request is over, whether the
     * stream was opened or its client had gone before.
     */
    private void takePlace(RoutingContext request, Context thread) {
        if (stopped || !places.take()) {
            throw full();
        }
        AtomicBoolean taken = new AtomicBoolean(true);
        Runnable giveBack = () -> {
            if (taken.getAndSet(false)) {
                places.giveBack();
            }
        };
        thread.runOnContext(now -> {
            request.addEndHandler(over -> giveBack.run());
            if (request.response().closed() || request.response().ended()) {
                giveBack.run();
            }
        });
    }

    /** Keeps a stream that has begun, on its own thread; what it returns is to be called when it has ended. */
    private Runnable began(Stream stream, Context thread) {
        open.put(stream, thread);
        long comments = vertx.setPeriodic(COMMENT_MILLIS, now -> thread.runOnContext(same -> stream.comment()));
        if (stopped) {
            thread.runOnContext(now -> stream.end());
        }
        return () -> {
            vertx.cancelTimer(comments);
            open.remove(stream);
        };
    }

    int open() {
        return open.size();
    }

    private Problem full() {
        return Problems.reducedCapacity(
                        "This gateway has as many followers as it takes, or it is about to stop. Ask again after the"
                                + " seconds that Retry-After names, or poll the job's status.",
                        random.nextInt(LEAST_RETRY_SECONDS, MOST_RETRY_SECONDS + 1))
                .withHeader("Cache-Control", "no-store");
    }

    /** At once, not when all requests have ended: a stream is one that never would. */
    void leave(@Observes @Priority(Draining.BEFORE) ShutdownDelayInitiatedEvent event) throws InterruptedException {
        end();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        end();
    }

    /** Ends all streams in good order, so that their clients come back, to another gateway. */
    private void end() throws InterruptedException {
        stopped = true;
        CountDownLatch ended = new CountDownLatch(open.size());
        open.forEach((stream, thread) -> thread.runOnContext(now -> {
            stream.end();
            ended.countDown();
        }));
        var unused = ended.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
