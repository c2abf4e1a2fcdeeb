package dev.accepted.gateway.bulk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.submission.BatchedJobs.Placed;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a batch of which the log takes a part, or nothing. */
class BatchRunTest {

    private static final byte[] ITEM = {'{', '}'};

    private final Outcomes outcomes = new Outcomes("http://here");
    private final AtomicInteger tried = new AtomicInteger();

    private static List<Item> items(int number) {
        return IntStream.range(0, number).mapToObj(n -> new Item(n, ITEM, null)).toList();
    }

    private BatchAnswer answer() {
        return new BatchAnswer("batch-x", "http://here", outcomes, false);
    }

    private Uni<Placed> away(byte[] item) {
        tried.incrementAndGet();
        return Uni.createFrom().failure(Problems.reducedCapacity("away", 5).with("maybe_accepted", true));
    }

    @Test
    void whatTheLogDidNotTakeIsToldItemByItem() {
        AtomicInteger number = new AtomicInteger();
        BatchRun run = new BatchRun(
                "batch-x",
                item -> number.getAndIncrement() % 2 == 0
                        ? Uni.createFrom().item(new Placed("job-1", "/jobs/{id}", false))
                        : away(item),
                outcomes);
        run.submit(items(4)).join();
        assertEquals(2, outcomes.accepted());
        assertEquals(503, outcomes.told(1).path("problem").path("status").intValue());
        assertTrue(outcomes.told(1).path("problem").path("maybe_accepted").booleanValue());
        assertEquals("/jobs/job-1", outcomes.told(2).path("status_url").textValue());
        answer().requireSomething();
    }

    @Test
    void whileTheLogIsAwayABatchIsNotRejectedForGood() {
        new BatchRun("batch-x", this::away, outcomes).submit(items(3)).join();
        Problem problem = assertThrows(Problem.class, () -> answer().requireSomething());
        assertEquals(503, problem.status());
        assertEquals("5", problem.headers().get("Retry-After"));
        assertEquals(3, ((List<?>) problem.members().getOrDefault("items", List.of())).size());
    }

    @Test
    void anOutageIsNotWaitedForItemByItem() {
        BatchRun run = new BatchRun("batch-x", this::away, outcomes);
        for (int portion = 0; portion < 50; portion++) {
            run.submit(items(100)).join();
        }
        assertEquals(1_000, tried.get());
    }

    @Test
    void aFaultOfOursIsToldAsSuchAndTheOthersGoOn() {
        BatchRun run = new BatchRun(
                "batch-x",
                item -> {
                    if (tried.getAndIncrement() == 0) {
                        throw new IllegalStateException("a fault, wanted by this test");
                    }
                    return Uni.createFrom().item(new Placed("job-1", "/jobs/{id}", false));
                },
                outcomes);
        run.submit(items(2)).join();
        assertEquals(500, outcomes.told(0).path("problem").path("status").intValue());
        assertFalse(outcomes.told(0).toString().contains("wanted"));
        assertEquals(1, outcomes.accepted());
    }

    @Test
    void thePortionIsOverWhenTheLogHasAllOfIt() {
        CompletableFuture<Placed> late = new CompletableFuture<>();
        BatchRun run = new BatchRun(
                "batch-x",
                item -> tried.getAndIncrement() == 0
                        ? Uni.createFrom().completionStage(late)
                        : Uni.createFrom().item(new Placed("job-2", "/jobs/{id}", false)),
                outcomes);
        CompletableFuture<?> over = run.submit(items(2));
        assertFalse(over.isDone());
        late.complete(new Placed("job-1", "/jobs/{id}", false));
        over.join();
        assertEquals("job-1", outcomes.told(0).path("job_id").textValue());
    }
}
