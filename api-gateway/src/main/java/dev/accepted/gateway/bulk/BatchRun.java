package dev.accepted.gateway.bulk;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.submission.BatchedJobs.Placed;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Submits the items of one batch, portion by portion. */
final class BatchRun {

    private static final Logger LOG = Logger.getLogger(BatchRun.class);
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 5;

    /** After so many in a row that the log did not take, the rest is not tried: each would wait for seconds. */
    private static final int MOST_UNAVAILABLE = 1_000;

    private final String batch;
    private final Function<byte[], Uni<Placed>> jobs;
    private final Outcomes outcomes;
    private final AtomicInteger unavailable = new AtomicInteger();

    /** @param jobs checks an item and begins to append it; may block for the check */
    BatchRun(String batch, Function<byte[], Uni<Placed>> jobs, Outcomes outcomes) {
        this.batch = batch;
        this.jobs = jobs;
        this.outcomes = outcomes;
    }

    /**
     * Submits items. Blocks while they are checked; what they wait for in the log they wait for together.
     *
     * @return completes when the outcomes of all of them are known; never fails
     */
    CompletableFuture<?> submit(List<Item> items) {
        return CompletableFuture.allOf(items.stream().map(this::submit).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> submit(Item item) {
        Problem refusal = item.refusal() != null ? item.refusal() : hopeless();
        if (refusal != null) {
            outcomes.rejected(item.index(), refusal);
            return CompletableFuture.completedFuture(null);
        }
        return begun(item).handle((placed, failure) -> {
            if (failure == null) {
                unavailable.set(0);
                outcomes.accepted(item.index(), placed);
            } else {
                reject(item, failure);
            }
            return placed;
        });
    }

    private CompletableFuture<Placed> begun(Item item) {
        try {
            return jobs.apply(item.bytes()).subscribeAsCompletionStage();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void reject(Item item, Throwable failure) {
        Throwable cause = failure.getCause() instanceof Problem ? failure.getCause() : failure;
        if (cause instanceof Problem problem) {
            if (problem.status() == UNAVAILABLE) {
                unavailable.incrementAndGet();
            }
            outcomes.rejected(item.index(), problem);
        } else {
            LOG.errorf(cause, "An item of %s cannot be taken because of a fault of ours", batch);
            outcomes.rejected(item.index(), fault());
        }
    }

    private @Nullable Problem hopeless() {
        return unavailable.get() < MOST_UNAVAILABLE
                ? null
                : Problems.reducedCapacity(
                        "The job was not accepted: the items before it were not taken by the log either. Send it again.",
                        RETRY_AFTER_SECONDS);
    }

    private static Problem fault() {
        return Problem.of(
                500,
                "internal-error",
                "Internal error",
                "This is a fault of the service. Its operators find it in their log by the request_id.");
    }
}
