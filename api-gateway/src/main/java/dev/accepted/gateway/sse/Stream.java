package dev.accepted.gateway.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.watching.JobWatch.Following;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One stream. States may come from any thread; all the rest happens on the connection's own. Of states that come faster
 * than the client reads the latest is kept.
 */
final class Stream {

    /** A client that has taken nothing for so many comments is given up: a stream holds a place. */
    private static final int MOST_UNREAD_COMMENTS = 4;

    private static final int NOTHING_SEEN = -1;

    /** What a stream needs of the world. */
    interface Source {

        /** The body of a state; empty if whoever follows may not see it any more. */
        Optional<JsonNode> body(JobState state);

        Following follow(Consumer<JobState> follower);
    }

    private final Source source;
    private final RoutingContext request;
    private final Context thread;
    private final boolean resumed;
    private final Function<Stream, Runnable> atStart;
    private final AtomicReference<@Nullable JobState> latest = new AtomicReference<>();
    private final AtomicBoolean called = new AtomicBoolean();

    // Of the connection's thread.
    private int seen;
    private @Nullable JobState sent;
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
    Stream(
            Source source,
            OptionalInt lastSeen,
            RoutingContext request,
            Context thread,
            Function<Stream, Runnable> atStart) {
        this.source = source;
        this.request = request;
        this.thread = thread;
        this.resumed = lastSeen.isPresent();
        this.seen = lastSeen.orElse(NOTHING_SEEN);
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
        following = source.follow(this::told);
    }

    private void told(JobState state) {
        latest.set(state);
        if (called.compareAndSet(false, true)) {
            thread.runOnContext(now -> {
                called.set(false);
                send();
            });
        }
    }

    private void send() {
        JobState state = latest.get();
        ServerHttpResponse out = response;
        if (ended || state == null || out == null || out.isWriteQueueFull()) {
            return;
        }
        boolean last = state.status().done();
        if ((state.version() > seen || last) && !state.equals(sent)) {
            Optional<JsonNode> body = source.body(state);
            String name = Frames.name(sent, state, resumed);
            // Before it is written: a queue that is empty again calls back at once, from within the writing.
            sent = state;
            seen = state.version();
            body.ifPresent(shown -> write(Frames.event(name, state.version(), shown)));
            if (last || body.isEmpty()) {
                end();
            }
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

    private void write(byte[] frame) {
        ServerHttpResponse out = response;
        if (!ended && out != null && !out.closed()) {
            out.write(frame, failure -> {});
        }
    }

    /** Ends it as a client expects that is to come again, here or elsewhere. */
    void end() {
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
