package dev.accepted.gateway.timers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.gateway.fixture.LogFiller;
import dev.accepted.gateway.fixture.Rows;
import dev.accepted.gateway.http.GatewayTest;
import dev.accepted.gateway.http.LogView;
import dev.accepted.gateway.http.Workers;
import dev.accepted.localstack.LocalStack;
import dev.accepted.store.job.ProjectionPositions;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.timer.TimerTable.Order;
import dev.accepted.store.transaction.Transaction;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@GatewayTest
class TimerFirerTest {

    private static final Instant BEGAN = Instant.parse("2026-11-23T20:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JobTypeDescriptor PLAIN = type("plain");

    @Inject
    Timers timers;

    @Inject
    JobsInTheLog jobs;

    @Inject
    Rows rows;

    @Inject
    Instance<Firing> firings;

    @Inject
    DataSource database;

    private static JobTypeDescriptor type(String queue) {
        return Workers.type("timers." + queue, "timers-" + queue, null, "{\"type\":\"object\"}");
    }

    private static String topicOf(JobTypeDescriptor type) {
        return Topics.commands(type.queue());
    }

    @BeforeAll
    static void announce() {
        Workers.announceAll(PLAIN);
    }

    private static Happening failed(Duration delay) {
        return new Happening.AttemptFailed("w", BEGAN, JobError.failed("x"), delay, Map.of());
    }

    private static boolean isSent(Jobs job, JobTypeDescriptor type) {
        return LogView.of(topicOf(type)).stream()
                .anyMatch(entry -> entry.key().equals(job.id().text()));
    }

    @Test
    void whatWaitsIsSentToTheMillisecondWhenItIsDue() {
        JobTypeDescriptor type = type("idle");
        Workers.announce(type);
        int number = 250;
        List<Jobs> waiting = Timers.waiting(type, number);
        await().atMost(PATIENCE).until(() -> timers.of(type) == number);
        Instant first = Instant.now().plusSeconds(3);
        for (int n = 0; n < number; n++) {
            timers.makeDue(waiting.get(n), first.plusMillis(53L * n));
        }
        await().atMost(PATIENCE).until(() -> timers.of(type) == 0);
        Map<String, Instant> sent = Timers.sentTo(topicOf(type));
        Lags lags = new Lags();
        for (int n = 0; n < number; n++) {
            Instant at = Objects.requireNonNull(sent.get(waiting.get(n).id().text()));
            lags.add(first.plusMillis(53L * n), at);
        }
        System.out.println("timers, idle: " + lags);
        assertTrue(lags.least() >= -1, "none before its time: " + lags);
        assertTrue(lags.percentile(50) <= 100, lags.toString());
        assertTrue(lags.percentile(99) <= 1_000, lags.toString());
    }

    @Test
    void whatTheOwnFoldSetsWakesIt() {
        JobTypeDescriptor type = type("woken");
        Workers.announce(type);
        Lags lags = new Lags();
        for (int n = 0; n < 30; n++) {
            Jobs job = jobs.send(type, "local", 1, JobFacts.NONE);
            jobs.tell(job, 1, failed(Duration.ofMillis(100)));
            jobs.until(job, state -> state.dispatched() == 2);
            JobState state = jobs.state(job);
            Instant due = Objects.requireNonNull(((Phase.Queued) state.phase()).notBefore());
            LogView.of(topicOf(type)).stream()
                    .filter(entry -> entry.key().equals(job.id().text()))
                    .map(LogView.Entry::appendedAt)
                    .max(Instant::compareTo)
                    .ifPresent(at -> lags.add(due, at));
        }
        System.out.println("timers, set 100 ms ahead: " + lags);
        assertTrue(lags.percentile(50) <= 200, lags.toString());
    }

    @Test
    void tenThousandAtOnceDoNotHoldUpWhatBecomesDueMeanwhile() {
        JobTypeDescriptor crowd = type("crowd");
        JobTypeDescriptor single = type("single");
        Workers.announce(crowd);
        Workers.announce(single);
        int number = 10_000;
        Timers.waiting(crowd, number);
        List<Jobs> singles = Timers.waiting(single, 40);
        await().atMost(PATIENCE).until(() -> timers.of(crowd) == number && timers.of(single) == singles.size());
        Instant due = Instant.now().plusMillis(500);
        for (int n = 0; n < singles.size(); n++) {
            timers.makeDue(singles.get(n), due.plusMillis(40L * n));
        }
        timers.makeDue(crowd);
        Instant since = Instant.now();
        await().atMost(PATIENCE).until(() -> timers.of(crowd) == 0 && timers.of(single) == 0);
        Map<String, Instant> sent = Timers.sentTo(topicOf(crowd));
        assertEquals(number, sent.size());
        Duration drained = Duration.between(
                since, sent.values().stream().max(Instant::compareTo).orElseThrow());
        Map<String, Instant> sentSingles = Timers.sentTo(topicOf(single));
        Lags lags = new Lags();
        for (int n = 0; n < singles.size(); n++) {
            Instant at =
                    Objects.requireNonNull(sentSingles.get(singles.get(n).id().text()));
            if (at.isBefore(since.plus(drained))) {
                lags.add(due.plusMillis(40L * n), at);
            }
        }
        System.out.println("timers, 10,000 at once: drained in " + drained.toMillis() + " ms; meanwhile due: " + lags);
        assertTrue(drained.compareTo(Duration.ofSeconds(30)) < 0, drained.toString());
        assertTrue(lags.percentile(99) <= 2_000, lags.toString());
    }

    @Test
    @Timeout(120)
    void whatOneGatewayIsAtHoldsUpNoOtherAndEachIsSentOnce() throws Exception {
        JobTypeDescriptor type = type("shared");
        Workers.announce(type);
        int number = 4_000;
        List<Jobs> waiting = Timers.waiting(type, number);
        await().atMost(PATIENCE).until(() -> timers.of(type) == number);
        Firing other = firings.get();
        int held = Transaction.run(database, connection -> {
            timers.makeDue(type);
            // What a gateway does that stops in the middle of a batch: its timers stay as they were.
            int locked = lock(connection, waiting, number / 2);
            while (timers.of(type) > locked) {
                other.fire(Order.OLDEST);
            }
            return locked;
        });
        assertTrue(held > 0 && held < number, "held: " + held);
        while (timers.of(type) > 0) {
            other.fire(Order.OLDEST);
        }
        firings.destroy(other);
        assertEquals(number, Timers.sentTo(topicOf(type)).size());
    }

    /** Locks so many due timers and gives how many of them are of those jobs. */
    private static int lock(Connection connection, List<Jobs> of, int most) throws SQLException {
        Set<UUID> ours = of.stream().map(job -> job.id().uuid()).collect(Collectors.toSet());
        return (int) TimerTable.lockDue(connection, most, Order.NEWEST).stream()
                .filter(due -> ours.contains(due.job()))
                .count();
    }

    @Test
    void whatIsNoLongerInTheLogEndsAsExpired() throws Exception {
        JobTypeDescriptor type = type("gone");
        Workers.announce(type);
        Jobs job = jobs.send(type, "local", 1, JobFacts.NONE);
        Position at = Objects.requireNonNull(jobs.state(job).command());
        deleteUpTo(at);
        jobs.tell(job, 1, failed(Duration.ZERO));
        JobState ended = jobs.until(job, state -> state.status() == Status.EXPIRED);
        assertTrue(String.valueOf(((Phase.Ended) ended.phase()).error()).contains("no longer in the log"));
        await().atMost(PATIENCE).until(() -> !jobs.hasTimer(job));
    }

    private static void deleteUpTo(Position at) throws Exception {
        TopicPartition partition = new TopicPartition(at.topic(), at.partition());
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(at.offset() + 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void aPlaceWithAnotherJobsRecordIsNoPlaceOfItsCommand() {
        Jobs other = jobs.send(PLAIN, "local", 1, JobFacts.NONE);
        Jobs job = jobs.send(PLAIN, "local", 0, Timers.startingAt(Instant.now().plusSeconds(600)));
        timers.set(job, 1, Objects.requireNonNull(jobs.state(other).command()));
        jobs.until(job, state -> state.status() == Status.EXPIRED);
        assertEquals(Status.QUEUED, jobs.state(other).status());
    }

    @Test
    void aTimerOfAJobThatNobodyKnowsIsDropped() {
        Jobs unknown = Jobs.of(PLAIN, "local", Instant.now());
        timers.set(unknown, 1, new Position(topicOf(PLAIN), 0, 1_000_000));
        await().atMost(PATIENCE).until(() -> timers.secondsLeft(unknown) == -1);
    }

    @Test
    void aCommandThatDoesNotReadStopsNoOther() {
        Jobs bad = jobs.send(PLAIN, "local", 0, Timers.startingAt(Instant.now().plusSeconds(600)));
        Jobs good = jobs.send(PLAIN, "local", 0, Timers.startingAt(Instant.now().plusSeconds(600)));
        // On a topic that nobody folds.
        Workers.makeTopic("timers-garbage");
        Position garbage;
        try (LogFiller log = new LogFiller()) {
            garbage = log.garbage("timers-garbage", bad.id().text());
        }
        timers.set(bad, 1, garbage);
        timers.makeDue(good, Instant.now());
        await().atMost(PATIENCE).until(() -> isSent(good, PLAIN));
        await().atMost(PATIENCE).until(() -> timers.secondsLeft(bad) > 0);
        assertTrue(timers.secondsLeft(bad) > 30, "it is looked at rarely");
        assertEquals(Status.QUEUED, jobs.state(bad).status(), "the record is there, an update may read it");
    }

    @Test
    void aQueueThatTakesNothingStopsNoOther() {
        JobTypeDescriptor nowhere = type("nowhere");
        List<Jobs> lost = Timers.waiting(nowhere, 20);
        await().atMost(PATIENCE).until(() -> timers.of(nowhere) == lost.size());
        timers.makeDue(nowhere);
        await().atMost(PATIENCE).until(() -> timers.dueOf(nowhere) == 0);
        assertEquals(lost.size(), timers.of(nowhere), "they wait until there is a queue");
        Lags lags = new Lags();
        for (int n = 0; n < 10; n++) {
            Instant due = Instant.now().plusMillis(200);
            Jobs good = jobs.send(PLAIN, "local", 0, Timers.startingAt(due));
            await().atMost(PATIENCE).until(() -> isSent(good, PLAIN));
            lags.add(
                    due,
                    Objects.requireNonNull(
                            Timers.sentTo(topicOf(PLAIN)).get(good.id().text())));
        }
        assertTrue(lags.percentile(50) < 1_000, lags.toString());
        Workers.makeTopic(topicOf(nowhere));
        await().atMost(PATIENCE).until(() -> timers.of(nowhere) == 0);
        lost.forEach(job -> assertTrue(isSent(job, nowhere)));
    }

    private boolean isFolded(Position place) throws SQLException {
        return rows.nextOffset(new ProjectionPositions.TopicPartition(place.topic(), place.partition()))
                > place.offset();
    }

    @Test
    void whatWasSentAndNotDroppedIsSentTwiceAsTheSameAttempt() throws Exception {
        JobTypeDescriptor type = type("twice");
        Workers.announce(type);
        Jobs job = jobs.send(type, "local", 0, Timers.startingAt(Instant.now().plusMillis(200)));
        JobState once = jobs.until(job, state -> state.dispatched() == 1);
        Position later = LogView.commands().stream()
                .filter(entry -> entry.topic().equals(Topics.LATER)
                        && entry.key().equals(job.id().text()))
                .map(LogView.Entry::at)
                .findFirst()
                .orElseThrow();
        timers.set(job, 1, later);
        await().atMost(PATIENCE).until(() -> LogView.of(topicOf(type)).size() == 2);
        List<Position> places =
                LogView.of(topicOf(type)).stream().map(LogView.Entry::at).toList();
        for (Position place : places) {
            await().atMost(PATIENCE).until(() -> isFolded(place));
        }
        JobState twice = jobs.state(job);
        assertEquals(places.stream().max(Position::compareTo).orElseThrow(), twice.command(), "the further of the two");
        assertEquals(once.version(), twice.version(), "nobody sees a difference");
        assertEquals(Status.QUEUED, twice.status());
        assertEquals(1, twice.dispatched());
        assertFalse(jobs.hasTimer(job));
        assertTrue(jobs.claim(job, 1));
        assertFalse(jobs.claim(job, 1), "whoever comes second gets nothing");
    }
}
