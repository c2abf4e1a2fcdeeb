package dev.accepted.gateway.watching;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.FreshDatabase;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.Workers;
import dev.accepted.gateway.projection.Pulse;
import dev.accepted.gateway.watching.JobWatch.Following;
import dev.accepted.localstack.LocalStack;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.job.ProjectionPositions.TopicPartition;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs that this watch's own gateway does not fold: its pulse is silent. */
@GatewayTest
class JobWatchTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final Happening STARTED = new Happening.Started("worker-1", BEGAN);
    private static final Happening SUCCEEDED = new Happening.Succeeded("worker-1", BEGAN, Jobs.RESULT, Map.of());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    JobsInTheLog jobs;

    @Inject
    DataSource database;

    @Inject
    EventPartitions partitions;

    private final EventTail tail =
            new EventTail(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()));

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void announce() {
        Workers.announceAll();
    }

    @AfterEach
    void stop() throws Exception {
        tail.stop();
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private JobWatch watch(DataSource table) {
        TableWatch looks = new TableWatch(table);
        opened.add(looks::stop);
        return new JobWatch(tail, looks, partitions, new Pulse());
    }

    /** What a follower was told, without what it was told twice. */
    private static final class Told {
        private final List<JobState> states = new CopyOnWriteArrayList<>();

        void tell(JobState state) {
            if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
                states.add(state);
            }
        }

        List<Status> statuses() {
            return states.stream().map(JobState::status).toList();
        }

        List<Integer> versions() {
            return states.stream().map(JobState::version).toList();
        }

        Status last() {
            return states.get(states.size() - 1).status();
        }
    }

    @Test
    void whatAnotherGatewayFoldsIsToldInOrderAndNotBeforeTheTableHasIt() {
        JobWatch watch = watch(database);
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        Told told = new Told();
        List<Integer> ahead = new CopyOnWriteArrayList<>();
        Following following = watch.follow(jobs.state(job), state -> {
            told.tell(state);
            if (jobs.state(job).version() < state.version()) {
                ahead.add(state.version());
            }
        });
        for (Happening happening : List.of(
                STARTED, new Happening.Progressed("w", BEGAN, new Progress(50, "half"), Map.of("n", 5L), null))) {
            int version = told.versions().get(told.versions().size() - 1);
            jobs.tell(job, 1, happening);
            await().atMost(PATIENCE).until(() -> told.versions().contains(version + 1));
        }
        jobs.tell(job, 1, SUCCEEDED);
        await().atMost(PATIENCE).until(() -> told.last() == Status.SUCCEEDED);
        following.close();
        assertEquals(List.of(1, 2, 3, 4), told.versions());
        assertEquals(List.of(), ahead);
        assertEquals(jobs.state(job).work().counts(), told.states.get(3).work().counts());
        assertEquals(0, watch.jobs());
    }

    @Test
    void aJobThatEndsBeforeItIsCoveredIsNotMissed() {
        JobWatch watch = watch(database);
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
        Told told = new Told();
        // Known from its acceptance alone, as the gateway knows it that has just answered 202.
        opened.add(watch.follow(job.accepted(JobFacts.NONE), told::tell));
        try (LogFiller log = new LogFiller()) {
            log.command(job.command(1, JobFacts.NONE));
            log.eventLater(job.event(1, STARTED));
            log.eventLater(job.event(1, SUCCEEDED));
            log.flush();
        }
        await().atMost(PATIENCE).until(() -> told.last() == Status.SUCCEEDED);
        assertEquals(3, told.versions().get(told.versions().size() - 1));
    }

    @Test
    void whatTheTableHasNotYetWhenTheWatchBeginsIsToldWhenItHas() throws Exception {
        DataSource table = FreshDatabase.make().dataSource();
        JobWatch watch = watch(table);
        Jobs job = Jobs.of(Workers.REPORT, "local", Instant.now());
        JobState accepted = job.accepted(JobFacts.NONE);
        Transaction.run(table, c -> JobTable.insert(c, List.of(accepted)));
        Position started;
        try (LogFiller log = new LogFiller()) {
            started = log.event(job.event(1, STARTED));
        }
        // The tail sits down behind that event, and only the table can tell of it.
        Told told = new Told();
        opened.add(watch.follow(accepted, told::tell));
        await().atMost(PATIENCE).until(() -> tail.read().contains(started.partition()));
        JobState processing = JobState.fold(accepted, job.event(1, STARTED), job.id(), started, BEGAN);
        Transaction.run(table, c -> {
            JobTable.lock(c, List.of(job.id().uuid()));
            JobTable.update(c, List.of(processing));
            ProjectionPositions.save(
                    c, Map.of(new TopicPartition(Topics.EVENTS, started.partition()), started.offset() + 1));
            return true;
        });
        await().atMost(PATIENCE).until(() -> told.last() == Status.PROCESSING);
        // From here on the log tells it, and the table's position alone when: nobody writes rows into this table.
        Position succeeded;
        try (LogFiller log = new LogFiller()) {
            succeeded = log.event(job.event(1, SUCCEEDED));
        }
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> told.last() == Status.PROCESSING);
        Transaction.run(table, c -> {
            ProjectionPositions.save(
                    c, Map.of(new TopicPartition(Topics.EVENTS, succeeded.partition()), succeeded.offset() + 1));
            return true;
        });
        await().atMost(PATIENCE).until(() -> told.last() == Status.SUCCEEDED);
        assertEquals(List.of(Status.QUEUED, Status.PROCESSING, Status.SUCCEEDED), told.statuses());
    }

    @Test
    void manyFollowersOfOneJobAreOneWatchAndTheLastThatLeavesEndsIt() {
        JobWatch watch = watch(database);
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        Told first = new Told();
        Told second = new Told();
        Following one = watch.follow(jobs.state(job), first::tell);
        Following other = watch.follow(jobs.state(job), second::tell);
        assertEquals(1, watch.jobs());
        jobs.tell(job, 1, STARTED);
        await().atMost(PATIENCE).until(() -> first.last() == Status.PROCESSING && second.last() == Status.PROCESSING);
        one.close();
        one.close();
        assertEquals(1, watch.jobs());
        jobs.tell(job, 1, SUCCEEDED);
        await().atMost(PATIENCE).until(() -> second.last() == Status.SUCCEEDED);
        assertEquals(Status.PROCESSING, first.last());
        other.close();
        assertEquals(0, watch.jobs());
    }

    @Test
    void partitionsOfWhichNobodyWatchesAJobAreNotRead() {
        JobWatch watch = watch(database);
        assertEquals(Set.of(), tail.read());
        Jobs job = jobs.send(Workers.REPORT, "local", 1, JobFacts.NONE);
        Following following = watch.follow(jobs.state(job), state -> {});
        assertEquals(Set.of(partitions.of(job.id().text())), tail.read());
        following.close();
        // Who asks again within ten seconds finds it there.
        await().atMost(PATIENCE).until(() -> tail.read().isEmpty());
    }

    @Test
    void everyProducerPutsAJobsEventsWhereTheyAreLookedFor() {
        try (LogFiller log = new LogFiller()) {
            for (int i = 0; i < 50; i++) {
                Jobs job = Jobs.of(Workers.CAMPAIGN, "local", Instant.now());
                assertEquals(
                        log.event(job.event(1, STARTED)).partition(),
                        partitions.of(job.id().text()));
            }
        }
    }
}
