package dev.accepted.cli.watching;

import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.jobs.Job;
import dev.accepted.cli.terminal.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows several jobs at once, each on a connection of its own. For one thread. */
public final class Watch {

    private static final long LOOK_MILLIS = 1_000;

    private final Gateway gateway;
    private final Duration limit;

    /** @param limit how long to follow at most */
    public Watch(Gateway gateway, Duration limit) {
        this.gateway = gateway;
        this.limit = limit;
    }

    /** What one of the followers has to say: a newer state, or why it gave up. */
    private record Said(int index, Job job, @Nullable RuntimeException failure) {}

    /**
     * Returns when all have ended or the time is over, with how each was seen last.
     *
     * @param seen is told of all whenever one is at another state, first of how they begin
     * @throws Refusal when one cannot be followed any more
     */
    public List<Job> follow(List<Job> begun, Consumer<List<Job>> seen) throws InterruptedException {
        BlockingQueue<Said> news = new LinkedBlockingQueue<>();
        List<Follower> followers = start(begun, news);
        List<Job> jobs = new ArrayList<>(begun);
        seen.accept(List.copyOf(jobs));
        long began = System.nanoTime();
        while (!jobs.stream().allMatch(Job::isDone)) {
            long left = limit.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            if (left <= 0) {
                return jobs;
            }
            Said said = news.poll(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS);
            if (said == null) {
                followers.forEach(Follower::wake);
            } else {
                jobs.set(said.index(), jobOf(said));
                seen.accept(List.copyOf(jobs));
            }
        }
        return jobs;
    }

    private List<Follower> start(List<Job> begun, BlockingQueue<Said> news) {
        List<Follower> followers = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            int index = i;
            Job first = begun.get(i);
            Follower follower = new Follower(gateway, first, job -> news.add(new Said(index, job, null)));
            Thread thread = new Thread(() -> run(follower, failure -> news.add(new Said(index, first, failure))));
            thread.setDaemon(true);
            thread.setName("follows " + first.id());
            thread.start();
            followers.add(follower);
        }
        return followers;
    }

    private static void run(Follower follower, Consumer<RuntimeException> failed) {
        try {
            follower.follow();
        } catch (RuntimeException e) {
            failed.accept(e);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    private static Job jobOf(Said said) {
        if (said.failure() != null) {
            throw said.failure();
        }
        return said.job();
    }
}
