package dev.accepted.gateway.watching;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.draining.Draining;
import dev.accepted.gateway.watching.JobWatch.Following;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Waits until a job is as somebody wants it. Safe for use by many threads; never blocks. */
@Singleton
public class Waits {

    private static final Places BOUNDLESS = new Places(Integer.MAX_VALUE);

    private final JobWatch watch;
    private final Places places;
    private final Set<Wait> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    Waits(JobWatch watch, Places places) {
        this.watch = watch;
        this.places = places;
    }

    /**
     * The job as soon as it is as wanted, else as it stands when the time is over, this gateway stops, or there is no
     * place to wait in. Comes on a worker thread unless it is as wanted already.
     */
    public Uni<JobState> until(JobState known, Predicate<JobState> wanted, Duration atMost) {
        return wait(known, wanted, atMost, places);
    }

    /** The same for what is over in a moment: it needs no place. */
    public Uni<JobState> briefly(JobState known, Predicate<JobState> wanted, Duration atMost) {
        return wait(known, wanted, atMost, BOUNDLESS);
    }

    private Uni<JobState> wait(JobState known, Predicate<JobState> wanted, Duration atMost, Places in) {
        if (wanted.test(known)) {
            return Uni.createFrom().item(known);
        }
        Wait wait = new Wait(known, wanted);
        return Uni.createFrom()
                .<JobState>emitter(answer -> begin(wait, in, answer))
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(wait::newest)
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private void begin(Wait wait, Places in, UniEmitter<? super JobState> answer) {
        wait.answers(answer);
        if (!in.take()) {
            wait.giveUp();
            return;
        }
        waiting.add(wait);
        Following following = watch.follow(wait.newest(), wait);
        answer.onTermination(() -> {
            following.close();
            waiting.remove(wait);
            in.giveBack();
        });
        if (stopped) {
            wait.giveUp();
        }
    }

    /** At once, lest the requests that wait hold up the end. */
    void leave(@Observes @Priority(Draining.BEFORE) ShutdownDelayInitiatedEvent event) {
        answerAll();
    }

    void stop(@Observes ShutdownEvent event) {
        answerAll();
    }

    /** Answers all who wait while there is still somebody to send the answers. */
    private void answerAll() {
        stopped = true;
        waiting.forEach(Wait::giveUp);
    }
}
