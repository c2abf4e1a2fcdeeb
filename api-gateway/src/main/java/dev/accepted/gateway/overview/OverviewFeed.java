package dev.accepted.gateway.overview;

import dev.accepted.gateway.sse.Feed;
import dev.accepted.gateway.watching.JobWatch.Following;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends samples to one operator. Of those that come faster than they are read the latest is kept. */
final class OverviewFeed implements Feed {

    private final Sampling sampling;
    private final AtomicReference<byte @Nullable []> overview = new AtomicReference<>();
    private final AtomicReference<byte @Nullable []> jobs = new AtomicReference<>();

    OverviewFeed(Sampling sampling) {
        this.sampling = sampling;
    }

    @Override
    public Following begin(Runnable news) {
        return sampling.follow(sample -> {
            overview.set(sample.overview());
            if (sample.jobs() != null) {
                jobs.set(sample.jobs());
            }
            news.run();
        });
    }

    @Override
    public void send(Outlet to) {
        write(overview, to);
        write(jobs, to);
    }

    private static void write(AtomicReference<byte @Nullable []> frame, Outlet to) {
        byte[] waiting = frame.getAndSet(null);
        if (waiting != null) {
            to.write(waiting);
        }
    }
}
