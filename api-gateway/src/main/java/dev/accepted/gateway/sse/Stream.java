package dev.accepted.gateway.sse;

import dev.accepted.gateway.watching.JobWatch.Following;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One stream. News may come from any thread; all the rest happens on the connection's own. Its feed is asked for what is to
 * be sent when the client reads, and not before: nothing is kept here.
 */
final class Stream implements Feed.Outlet {

    /** A client that has taken nothing for so many comments is given up: a stream holds a place. */
    private static final int MOST_UNREAD_COMMENTS = 4;

    private final Feed feed;
    private final RoutingContext request;
    private final Context thread;
    private final Function<Stream, Runnable> atStart;
    private final AtomicBoolean called = new AtomicBoolean();

    // Of the connection's thread.
    private @Nullable ServerHttpResponse response;
    private @Nullable ResteasyReactiveRequestContext answer;
    private @Nullable Following following;
    private @Nullable Runnable atEnd;
    private int unreadComments;
    private boolean ended;

    /**
     * A stream that is opened by {@link #open}.
     *
     * @param thread the request's
     * @param atStart called when it is open; what it gives is called when it has ended
     */
    Stream(Feed feed, RoutingContext request, Context thread, Function<Stream, Runnable> atStart) {
        this.feed = feed;
        this.request = request;
        this.thread = thread;
        this.atStart = atStart;
    }

    /** Takes over the answer. */
    void open(ResteasyReactiveRequestContext taken, long retryMillis) {
        taken.suspend();
        thread.runOnContext(now -> begin(taken, retryMillis));
    }

    private void begin(ResteasyReactiveRequestContext taken, long retryMillis) {
        answer = taken;
        ServerHttpResponse out = taken.serverResponse();
        response = out;
        atEnd = atStart.apply(this);
        request.addEndHandler(gone -> finish());
        if (out.closed()) {
            finish();
            return;
        }
        out.setChunked(true);
        out.addDrainHandler(this::send);
        write(Frames.opening(retryMillis));
        following = feed.begin(this::news);
    }

    private void news() {
        if (called.compareAndSet(false, true)) {
            thread.runOnContext(now -> {
                called.set(false);
                send();
            });
        }
    }

    private void send() {
        ServerHttpResponse out = response;
        if (!ended && out != null && !out.isWriteQueueFull()) {
            feed.send(this);
        }
    }

    /** Says that it is still there, to a client that reads. */
    void comment() {
        ServerHttpResponse out = response;
        if (ended || out == null) {
            return;
        }
        if (!out.isWriteQueueFull()) {
            unreadComments = 0;
            write(Frames.COMMENT);
        } else if (++unreadComments >= MOST_UNREAD_COMMENTS) {
            out.reset();
            finish();
        }
    }

    @Override
    public void write(byte[] frame) {
        ServerHttpResponse out = response;
        if (!ended && out != null && !out.closed()) {
            out.write(frame, failure -> {});
        }
    }

    /** Ends it as a client expects that is to come again, here or elsewhere. */
    @Override
    public void end() {
        ServerHttpResponse out = response;
        if (!ended && out != null && !out.closed()) {
            out.end();
        }
        finish();
    }

    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        if (following != null) {
            following.close();
        }
        if (atEnd != null) {
            atEnd.run();
        }
        if (answer != null) {
            answer.close();
        }
    }
}
