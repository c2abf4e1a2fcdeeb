package dev.accepted.gateway.sse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.watching.JobWatch.Following;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of one job until it is done. Of states that come faster than the client reads the latest is kept. */
final class JobFeed implements Feed {

    private static final int NOTHING_SEEN = -1;

    /** What it needs of the world. */
    interface Source {

        /** The body of a state; empty if whoever follows may not see it any more. */
        Optional<JsonNode> body(JobState state);

        Following follow(Consumer<JobState> follower);
    }

    private final Source source;
    private final boolean resumed;
    private final AtomicReference<@Nullable JobState> latest = new AtomicReference<>();

    // Of the stream's thread.
    private int seen;
    private @Nullable JobState sent;

    JobFeed(Source source, OptionalInt lastSeen) {
        this.source = source;
        this.resumed = lastSeen.isPresent();
        this.seen = lastSeen.orElse(NOTHING_SEEN);
    }

    @Override
    public Following begin(Runnable news) {
        return source.follow(state -> {
            latest.set(state);
            news.run();
        });
    }

    @Override
    public void send(Outlet to) {
        JobState state = latest.get();
        if (state == null) {
            return;
        }
        boolean last = state.status().done();
        if ((state.version() > seen || last) && !state.equals(sent)) {
            Optional<JsonNode> body = source.body(state);
            String name = Frames.name(sent, state, resumed);
            // Before it is written: a queue that is empty again calls back at once, from within the writing.
            sent = state;
            seen = state.version();
            body.ifPresent(shown -> to.write(Frames.event(name, state.version(), shown)));
            if (last || body.isEmpty()) {
                to.end();
            }
        }
    }
}
