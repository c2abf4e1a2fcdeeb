package dev.accepted.cli.watching;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Answer;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import dev.accepted.cli.jobs.Job;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one job to its end, in a thread of its own; {@link #wake} is for another one. */
final class Follower {

    /** The gateway sends a comment every 15 s. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(40);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration QUICK = Duration.ofSeconds(1);
    private static final int MOST_BREAKS = 3;

    private final Gateway gateway;
    private final Consumer<Job> seen;
    private Job job;
    private boolean streams = true;
    private int breaks;

    private volatile @Nullable Open open;

    private record Open(InputStream bytes, EventStream events) {}

    /**
     * @param job as it was seen last
     * @param seen is told of each newer state
     */
    Follower(Gateway gateway, Job job, Consumer<Job> seen) {
        this.gateway = gateway;
        this.job = job;
        this.seen = seen;
    }

    /** Returns when the job has ended. */
    void follow() throws InterruptedException {
        while (!job.isDone()) {
            if (streams) {
                stream();
            } else {
                poll();
            }
        }
    }

    /** Ends a stream on which nothing comes any more, so that it is opened again. */
    void wake() {
        Open now = open;
        if (now != null && now.events().silentFor().compareTo(LONGEST_SILENCE) > 0) {
            close(now.bytes());
        }
    }

    private void stream() throws InterruptedException {
        int before = job.version();
        Duration pause = FIRST_RETRY;
        try {
            HttpResponse<InputStream> response = gateway.open(Call.get(path() + "/events")
                    .with("Accept", "text/event-stream")
                    .with("Last-Event-ID", Integer.toString(before)));
            try (InputStream bytes = response.body()) {
                if (!isStream(response)) {
                    // Over already, not served here, or refused: a status tells which.
                    streams = false;
                    return;
                }
                pause = read(bytes).orElse(pause);
            }
        } catch (IOException broken) {
            // Opened again below.
        } finally {
            open = null;
        }
        breaks = job.version() > before ? 0 : breaks + 1;
        streams = breaks < MOST_BREAKS;
        if (!job.isDone()) {
            Thread.sleep(pause.toMillis());
        }
    }

    private Optional<Duration> read(InputStream bytes) {
        EventStream events = new EventStream(bytes);
        open = new Open(bytes, events);
        try {
            Optional<JsonNode> event = events.next();
            while (event.isPresent()) {
                see(new Job(event.get()));
                if (job.isDone()) {
                    return Optional.empty();
                }
                event = events.next();
            }
        } catch (IOException broken) {
            // What it said of when to come back holds all the same.
        }
        return events.retry();
    }

    private void poll() throws InterruptedException {
        long asked = System.nanoTime();
        Answer answer = gateway.ask(Call.get(path())
                .with("Prefer", "wait=" + POLL.toSeconds())
                .with("If-None-Match", "\"" + job.version() + "\""));
        if (answer.status() == 200) {
            see(new Job(answer.json()));
        }
        boolean waited = System.nanoTime() - asked > QUICK.toNanos();
        boolean isNews =
                answer.status() == 200 && answer.header("Preference-Applied").isPresent();
        if (!job.isDone() && !waited && !isNews) {
            Thread.sleep(answer.retryAfter().orElse(QUICK).toMillis());
        }
    }

    private void see(Job newer) {
        job = newer;
        seen.accept(newer);
    }

    private String path() {
        return "/jobs/" + Call.segment(job.id());
    }

    private static boolean isStream(HttpResponse<?> response) {
        return response.statusCode() == 200
                && response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException e) {
            // It is over, which is all that was wanted.
        }
    }
}
