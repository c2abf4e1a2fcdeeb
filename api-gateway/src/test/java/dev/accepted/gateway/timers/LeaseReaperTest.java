package dev.accepted.gateway.timers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GatewayTest
class LeaseReaperTest {

    private static final Duration TTL = Duration.ofSeconds(10);
    private static FreshDatabase fresh;

    @Inject
    LogWriter log;

    @Inject
    JobsInTheLog jobs;

    @Inject
    DataSource database;

    private final AtomicLong nanos = new AtomicLong(42);

    @BeforeAll
    static void prepare() {
        Workers.announceAll();
        fresh = FreshDatabase.make();
    }

    @BeforeEach
    void empty() throws Exception {
        fresh.away(false);
        fresh.run("TRUNCATE lease");
    }

    private LeaseReaper reaper() {
        return new LeaseReaper(fresh.dataSource(), log, TTL, nanos::get);
    }

    /** A reaper that has seen PostgreSQL for the time of a lease. */
    private LeaseReaper patient() {
        LeaseReaper reaper = reaper();
        reaper.reap();
        nanos.addAndGet(TTL.toNanos());
        return reaper;
    }

    /** A job whose worker claimed it and was not heard of since. */
    private static Jobs abandoned() throws SQLException {
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
        Position at = new Position(Topics.commands("reports"), 0, 1);
        Transaction.run(
                fresh.dataSource(),
                c -> LeaseTable.claim(c, JobsInTheLog.WORKER, Duration.ZERO, List.of(job.claimed(1, at))));
        return job;
    }

    private static List<JobEvent> lossesOf(Jobs job) {
        List<JobEvent> losses = new ArrayList<>();
        for (LogView.Entry entry : LogView.of(Topics.EVENTS)) {
            if (entry.key().equals(job.id().text())) {
                try {
                    JobEvent event = JobEvent.read(entry.value());
                    // Its command is nowhere, so the gateway under test ends it: that is another event.
                    if (event.event() instanceof Happening.AttemptLost) {
                        losses.add(event);
                    }
                } catch (Undecodable e) {
                    throw new AssertionError(e);
                }
            }
        }
        return losses;
    }

    private static long open() throws SQLException {
        return fresh.number("SELECT count(*) FROM lease WHERE ended_at IS NULL");
    }

    @Test
    void anAttemptIsLostOnceHoweverManyGatewaysWatch() throws Exception {
        Jobs job = abandoned();
        List<LeaseReaper> reapers = List.of(patient(), patient(), patient());
        CompletableFuture.allOf(reapers.stream()
                        .map(reaper -> CompletableFuture.runAsync(reaper::reap))
                        .toArray(CompletableFuture[]::new))
                .join();
        reapers.forEach(LeaseReaper::reap);
        List<JobEvent> losses = lossesOf(job);
        assertEquals(1, losses.size());
        assertEquals(1, losses.get(0).attempt());
        Happening.AttemptLost lost = (Happening.AttemptLost) losses.get(0).event();
        assertEquals("worker-1", lost.worker());
        assertEquals(Happening.AttemptLost.Cause.WORKER_GONE, lost.cause());
        assertEquals(0, open());
    }

    @Test
    void nobodyIsLostBeforePostgresWasThereForTheTimeOfALease() throws Exception {
        Jobs job = abandoned();
        LeaseReaper reaper = reaper();
        reaper.reap();
        nanos.addAndGet(TTL.toNanos() - 1);
        reaper.reap();
        assertEquals(List.of(), lossesOf(job));
        nanos.addAndGet(1);
        reaper.reap();
        assertEquals(1, lossesOf(job).size());
    }

    @Test
    void anOutageOfPostgresMakesItWaitAgain() throws Exception {
        LeaseReaper reaper = patient();
        Jobs job = abandoned();
        fresh.away(true);
        reaper.reap();
        fresh.away(false);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        reaper.reap();
        assertEquals(List.of(), lossesOf(job), "its worker could not renew; it may now");
        nanos.addAndGet(TTL.toNanos());
        reaper.reap();
        assertEquals(1, lossesOf(job).size());
    }

    @Test
    void aWorkerThatRenewsIsLeftAlone() throws Exception {
        LeaseReaper reaper = patient();
        Jobs late = abandoned();
        Jobs other = abandoned();
        List<Held> held = List.of(new Held(late.id().uuid(), 1));
        Transaction.run(fresh.dataSource(), c -> LeaseTable.renew(c, JobsInTheLog.WORKER, TTL, held));
        reaper.reap();
        assertEquals(List.of(), lossesOf(late));
        assertEquals(1, lossesOf(other).size());
        assertEquals(1, open());
    }

    @Test
    void oneThatWasHeldBackAndWhoseWorkerDiedBeforeItToldIsHeldBackAndNotLost() throws Exception {
        Jobs job = jobs.send(Workers.REPORT, "held-and-forsaken", 1, JobFacts.NONE);
        assertTrue(jobs.claim(job, 1));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE lease SET held_by = 'tenant/held-and-forsaken', expires_at = now()"
                    + " - interval '1 s' WHERE job = '" + job.id().uuid() + "'");
        }
        // No such limit is set, so it goes at once.
        await().atMost(Duration.ofSeconds(60)).until(() -> jobs.state(job).dispatched() == 2);
        assertEquals(List.of(), lossesOf(job));
        assertEquals(0, jobs.state(job).work().losses());
        assertEquals("held-back", jobs.state(job).work().history().get(0).outcome());
    }

    @Test
    void theNextAttemptIsSentForAnAttemptThatWasLost() throws Exception {
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        assertTrue(jobs.claim(job, 1));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE lease SET expires_at = now() - interval '1 s' WHERE job = '"
                    + job.id().uuid() + "'");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> jobs.state(job).dispatched() == 2);
        assertTrue(jobs.claim(job, 2));
        assertEquals(1, lossesOf(job).size());
    }
}
