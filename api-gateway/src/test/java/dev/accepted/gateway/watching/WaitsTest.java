package dev.accepted.gateway.watching;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@GatewayTest
class WaitsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    JobsInTheLog jobs;

    @Inject
    JobWatch watch;

    private final Places places = new Places(2);

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    private JobState queued() {
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        return jobs.state(job);
    }

    private CompletableFuture<JobState> end(Waits waits, JobState known, Duration atMost) {
        return waits.until(known, state -> state.status().done(), atMost)
                .subscribe()
                .asCompletionStage();
    }

    @Test
    void aPlaceIsGivenBackHoweverTheWaitEnds() throws Exception {
        Waits waits = new Waits(watch, places);
        JobState job = queued();
        assertEquals(job, end(waits, job, Duration.ofMillis(100)).get(20, TimeUnit.SECONDS));
        await().atMost(PATIENCE).until(() -> places.free() == 2);
        CompletableFuture<JobState> left = end(waits, job, LONG);
        assertEquals(1, places.free());
        left.cancel(true);
        await().atMost(PATIENCE).until(() -> places.free() == 2);
    }

    @Test
    void whoFindsNoPlaceIsAnsweredAtOnce() throws Exception {
        Waits waits = new Waits(watch, places);
        JobState job = queued();
        var first = end(waits, job, LONG);
        var second = end(waits, job, LONG);
        assertEquals(job, end(waits, job, LONG).get(20, TimeUnit.SECONDS));
        assertEquals(0, places.free());
        first.cancel(true);
        second.cancel(true);
    }

    @Test
    void aGatewayThatStopsAnswersAllWhoWait() throws Exception {
        Waits waits = new Waits(watch, places);
        JobState job = queued();
        CompletableFuture<JobState> waiting = end(waits, job, LONG);
        waits.stop(new ShutdownEvent());
        assertEquals(job, waiting.get(20, TimeUnit.SECONDS));
        assertEquals(job, end(waits, job, LONG).get(20, TimeUnit.SECONDS));
        await().atMost(PATIENCE).until(() -> places.free() == 2);
    }

    @Test
    void whatIsAsWantedAlreadyIsNotWaitedFor() throws Exception {
        Waits waits = new Waits(watch, new Places(0));
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        jobs.tell(job, 1, new Happening.Cancelled("w", Instant.EPOCH), Status.CANCELLED);
        assertEquals(
                Status.CANCELLED,
                end(waits, jobs.state(job), LONG).get(20, TimeUnit.SECONDS).status());
    }
}
