package dev.accepted.gateway.timers;

import dev.accepted.contract.log.Position;
import dev.accepted.store.timer.TimerTable.Due;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/** What was sent for the timers of one batch, and what became of each. For one thread. */
final class Sendings {

    private static final Logger LOG = Logger.getLogger(Sendings.class);

    /** Nobody waits longer for a batch; what is acknowledged later was sent once too often, which is harmless. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What takes that long to fail fails because a topic cannot be reached, and not for its own sake. */
    private static final Duration SLOW = Duration.ofMillis(500);

    private record Sending(Due timer, String to, CompletableFuture<Position> acknowledged) {}

    private final Resting resting;
    private final List<Sending> begun = new ArrayList<>();
    private final long since = System.nanoTime();

    Sendings(Resting resting) {
        this.resting = resting;
    }

    /** Begins to send; not at all where that failed a moment ago. */
    void send(Due timer, String to, Supplier<Uni<Position>> append) {
        CompletableFuture<Position> acknowledged = resting.covers(to)
                ? CompletableFuture.failedFuture(new TimeoutException("not reached a moment ago"))
                : append.get().subscribeAsCompletionStage();
        begun.add(new Sending(timer, to, acknowledged));
    }

    /** Waits for all, and sorts them into those that were acknowledged and those that were not. */
    void await(List<UUID> served, List<UUID> late) {
        int failed = 0;
        for (Sending sending : begun) {
            try {
                long left = PATIENCE.toNanos() - (System.nanoTime() - since);
                sending.acknowledged.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                served.add(sending.timer.job());
            } catch (ExecutionException | TimeoutException e) {
                late.add(sending.timer.job());
                failed++;
                if (System.nanoTime() - since > SLOW.toNanos()) {
                    resting.begin(sending.to);
                }
                LOG.debugf(e, "%s was not sent to %s", sending.timer.jobId(), sending.to);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
        if (failed > 0) {
            LOG.warnf("%d of %d commands whose time has come were not taken; tried again later", failed, begun.size());
        }
    }
}
