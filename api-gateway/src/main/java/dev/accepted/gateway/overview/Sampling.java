package dev.accepted.gateway.overview;

import dev.accepted.gateway.watching.JobWatch.Following;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes a sample a second, for all who follow, and rests while nobody does. One thread. Safe for use by many threads. */
@Singleton
class Sampling {

    private static final Logger LOG = Logger.getLogger(Sampling.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Sampler sampler;
    private final List<Consumer<Sample>> followers = new CopyOnWriteArrayList<>();
    private @Nullable Thread thread;
    private @Nullable Sample last;
    private boolean stopped;
    private boolean complained;

    Sampling(Sampler sampler) {
        this.sampler = sampler;
    }

    /** Has this called with each sample, at once with the last if it is still fresh, until that is closed. */
    synchronized Following follow(Consumer<Sample> follower) {
        followers.add(follower);
        if (last != null) {
            follower.accept(last.withoutJobs());
        }
        if (thread == null && !stopped) {
            thread = new Thread(this::run, "overview");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
        return () -> followers.remove(follower);
    }

    int followers() {
        return followers.size();
    }

    private void run() {
        try {
            while (awaitFollowers()) {
                Following changes = sampler.begin();
                try {
                    follow();
                } finally {
                    changes.close();
                    forget();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped");
        }
    }

    private synchronized boolean awaitFollowers() throws InterruptedException {
        while (followers.isEmpty() && !stopped) {
            wait();
        }
        return !stopped;
    }

    private void follow() throws InterruptedException {
        long next = System.nanoTime();
        while (awaitTurn(next)) {
            next = System.nanoTime() + PERIOD.toNanos();
            sample();
        }
    }

    /** False once nobody follows any more. */
    private synchronized boolean awaitTurn(long at) throws InterruptedException {
        for (long left = at - System.nanoTime(); left > 0 && !stopped; left = at - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !stopped && !followers.isEmpty();
    }

    private void sample() {
        try {
            Sample taken = sampler.sample();
            keep(taken);
            followers.forEach(follower -> follower.accept(taken));
            complained = false;
        } catch (RuntimeException e) {
            if (!complained) {
                LOG.warnf("The fleet cannot be looked at; operators are told nothing until it can: %s", e);
            }
            complained = true;
        }
    }

    private synchronized void keep(Sample taken) {
        last = taken;
    }

    private synchronized void forget() {
        last = null;
    }

    @PreDestroy
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
