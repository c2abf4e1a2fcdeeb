package dev.accepted.store.lease;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that was stopped begins no further attempt, whoever was first. */
class StopTableTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final JobId ID = Jobs.id(1);
    private static final UUID JOB = ID.uuid();
    private static final Holder WORKER = new Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);

    private static StoreDatabase database;

    private Sessions sessions;
    private Connection connection;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        database.empty();
        sessions = new Sessions(database);
        connection = sessions.open();
        JobTable.insert(connection, List.of(Jobs.queued(ID)));
        connection.commit();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void aJobThatNobodyHoldsIsTakenAndNoAttemptBegins() throws Exception {
        Stop stop = cancel(connection, "a mistake");
        connection.commit();
        assertFalse(stop.held());
        assertEquals(1, stop.attemptOf(state()));
        assertEquals(Jobs.at(1), stop.commandOf(state()));
        assertEquals(Set.of(), claim(connection, 1));
        assertEquals(Set.of(), claim(connection, 7));
    }

    @Test
    void theWorkerThatHoldsAJobIsToldByItsRenewal() throws Exception {
        claim(connection, 1);
        Stop stop = cancel(connection, null);
        connection.commit();
        assertTrue(stop.held());
        assertEquals(1, stop.attemptOf(state()));
        assertEquals(Jobs.at(1), stop.commandOf(state()));
        assertEquals(
                Map.of(held(1), true),
                LeaseTable.renew(connection, WORKER, TTL, List.of(held(1))).held());
    }

    @Test
    void aClaimThatComesWhileTheCancelIsMadeWaitsAndIsRefused() throws Exception {
        cancel(connection, null);
        Connection claiming = sessions.open();
        Future<Set<UUID>> claimed = sessions.start(claiming, c -> claim(c, 1));
        sessions.awaitBlocked(claiming);
        connection.commit();
        assertEquals(Set.of(), Sessions.get(claimed));
    }

    @Test
    void aCancelThatComesWhileTheClaimIsMadeWaitsAndFlagsIt() throws Exception {
        LeaseTable.claim(connection, WORKER, TTL, List.of(Jobs.command(ID, 1)));
        Connection cancelling = sessions.open();
        Future<Stop> stopped = sessions.start(cancelling, c -> {
            Stop stop = cancel(c, null);
            c.commit();
            return stop;
        });
        sessions.awaitBlocked(cancelling);
        connection.commit();
        assertTrue(Sessions.get(stopped).held());
        assertEquals(
                Map.of(held(1), true),
                LeaseTable.renew(connection, WORKER, TTL, List.of(held(1))).held());
    }

    @Test
    void anEndedLeaseIsTakenAndTheNextAttemptIsRefused() throws Exception {
        claim(connection, 1);
        LeaseTable.end(connection, List.of(held(1)));
        Stop stop = cancel(connection, null);
        connection.commit();
        assertFalse(stop.held());
        assertEquals(Set.of(), claim(connection, 2));
    }

    @Test
    void anAttemptThatWasLostAfterTheCancelIsFollowedByNone() throws Exception {
        claim(connection, 1);
        cancel(connection, null);
        LeaseTable.end(connection, List.of(held(1)));
        connection.commit();
        assertEquals(Set.of(), claim(connection, 2));
    }

    @Test
    void aSecondCancelFindsTheFirst() throws Exception {
        cancel(connection, "the first");
        Stop again = cancel(connection, "the second");
        assertFalse(again.held());
        assertEquals("the first", again.reason());
        assertNull(again.by());
        claim(connection, 2);
        assertEquals(1, StoreDatabase.number(connection, "SELECT count(*) FROM lease WHERE worker = 'cancel'"));
    }

    @Test
    void whoTheOperatorIsIsRemindedOfToo() throws Exception {
        JobState job = state();
        assertEquals(
                "ops", StopTable.cancel(connection, job, "it floods", "ops").by());
        assertEquals("ops", cancel(connection, null).by(), "who came first is told of");
        age("11 s");
        assertEquals("ops", StopTable.remind(connection, AGE, 10).get(0).by());
    }

    @Test
    void aFoldThatWouldEndTheJobWaitsForTheCancelAndEndsItsLease() throws Exception {
        cancel(connection, null);
        Connection folding = sessions.open();
        Future<Boolean> folded = sessions.start(folding, c -> {
            fold(c, new Happening.CancelRequested(false, null));
            return true;
        });
        sessions.awaitBlocked(folding);
        connection.commit();
        assertTrue(Sessions.get(folded));
        assertEquals(0, StoreDatabase.number(connection, "SELECT count(*) FROM lease WHERE ended_at IS NULL"));
    }

    @Test
    void aStoppedJobIsNeitherLostNorRunning() throws Exception {
        LeaseTable.renew(connection, WORKER, TTL, List.of());
        cancel(connection, null);
        assertEquals(List.of(), LeaseTable.lockExpired(connection, 10));
        assertEquals(Map.of(Jobs.QUEUE, new WorkerTable.Pool(8, 0, 1)), WorkerTable.pools(connection));
    }

    @Test
    void aDeadlineStopsOnlyWhatNobodyHolds() throws Exception {
        JobState other = Jobs.queued(Jobs.id(2));
        JobTable.insert(connection, List.of(other));
        claim(connection, 1);
        List<Stop> stops = StopTable.stopFree(connection, List.of(state(), other));
        assertEquals(List.of(other.id().uuid()), stops.stream().map(Stop::job).toList());
        assertEquals(Stop.Cause.DEADLINE, stops.get(0).cause());
        assertEquals(
                Map.of(held(1), false),
                LeaseTable.renew(connection, WORKER, TTL, List.of(held(1))).held());
        assertEquals(List.of(), StopTable.stopFree(connection, List.of(other)), "it is stopped already");
    }

    @Test
    void aJobThatIsToBeRetriedTellsOfTheAttemptThatWasNotSent() throws Exception {
        fold(connection, Jobs.failedOnce(state(), 1, Duration.ofHours(1)));
        Stop stop = cancel(connection, null);
        assertEquals(2, stop.attemptOf(state()));
        assertNull(stop.commandOf(state()));
    }

    @Test
    void whoseEventWasLostIsRemindedOfOnceAWhile() throws Exception {
        cancel(connection, "a mistake");
        assertEquals(List.of(), StopTable.remind(connection, AGE, 10), "it is too early");
        age("11 s");
        List<Stop> reminded = StopTable.remind(connection, AGE, 10);
        assertEquals(1, reminded.size());
        assertEquals("a mistake", reminded.get(0).reason());
        assertFalse(reminded.get(0).held());
        assertEquals(List.of(), StopTable.remind(connection, AGE, 10), "it was told of just now");
    }

    @Test
    void aWorkerThatWasToldHasItsTimeOnceTheJobIsCancelling() throws Exception {
        claim(connection, 1);
        cancel(connection, null);
        age("11 s");
        assertTrue(StopTable.remind(connection, AGE, 10).get(0).held());
        fold(connection, new Happening.CancelRequested(true, null));
        age("11 s");
        assertEquals(List.of(), StopTable.remind(connection, AGE, 10));
    }

    @Test
    void aStopWhoseAttemptEndedWithoutItIsRemindedOf() throws Exception {
        claim(connection, 1);
        cancel(connection, null);
        fold(connection, new Happening.AttemptLost("w", null, "gone", Happening.AttemptLost.Cause.WORKER_GONE));
        LeaseTable.end(connection, List.of(held(1)));
        age("11 s");
        Stop stop = StopTable.remind(connection, AGE, 10).get(0);
        assertFalse(stop.held());
        assertEquals(2, stop.attemptOf(state()));
    }

    @Test
    void aFinishedJobIsNotRemindedOfOnceItsLeaseEnded() throws Exception {
        cancel(connection, null);
        fold(connection, new Happening.CancelRequested(false, null));
        age("11 s");
        assertEquals(List.of(), StopTable.remind(connection, AGE, 10));
    }

    @Test
    void aStopIsKeptUntilItsJobHasEndedOrADayHasPassed() throws Exception {
        claim(connection, 1);
        cancel(connection, null);
        LeaseTable.end(connection, List.of(held(1)));
        StoreDatabase.run(connection, "UPDATE lease SET ended_at = now() - interval '23 hours'");
        assertEquals(0, LeaseTable.sweepEnded(connection, Duration.ofMinutes(10), 10));
        StoreDatabase.run(connection, "UPDATE lease SET ended_at = now() - interval '25 hours'");
        assertEquals(1, LeaseTable.sweepEnded(connection, Duration.ofMinutes(10), 10));

        cancel(connection, null);
        fold(connection, new Happening.CancelRequested(false, null));
        StoreDatabase.run(connection, "UPDATE lease SET ended_at = now() - interval '11 minutes'");
        assertEquals(1, LeaseTable.sweepEnded(connection, Duration.ofMinutes(10), 10));
    }

    @Test
    void aJobThatAnOperatorTakesUpAgainCanBeClaimedAgain() throws Exception {
        StopTable.stopFree(connection, List.of(state()));
        fold(connection, new Happening.Expired("too late"));
        fold(connection, new Happening.Redriven("ops", "the deadline was wrong"));
        StopTable.reopen(connection, state());
        connection.commit();
        assertEquals(Set.of(), claim(connection, 1));
        assertEquals(Set.of(JOB), claim(connection, 2));
    }

    private static Stop cancel(Connection c, @Nullable String reason) throws Exception {
        JobState state = requireNonNull(JobTable.lock(c, List.of(JOB)).get(JOB));
        return StopTable.cancel(c, state, reason, null);
    }

    private static Set<UUID> claim(Connection c, int attempt) throws Exception {
        Set<UUID> claimed = LeaseTable.claim(c, WORKER, TTL, List.of(Jobs.command(ID, attempt)));
        c.commit();
        return claimed;
    }

    private JobState state() throws Exception {
        return requireNonNull(JobTable.read(connection, List.of(JOB)).get(JOB));
    }

    private static void fold(Connection c, Happening happening) throws Exception {
        JobState before = requireNonNull(JobTable.lock(c, List.of(JOB)).get(JOB));
        fold(c, Jobs.after(before, before.phase().attempt(), happening));
    }

    private static void fold(Connection c, JobState after) throws Exception {
        JobTable.update(c, List.of(after));
        if (after.status().done()) {
            LeaseTable.end(c, List.of(held(Integer.MAX_VALUE)));
        }
        c.commit();
    }

    private void age(String by) throws Exception {
        StoreDatabase.run(
                connection, "UPDATE lease SET cancel_requested_at = cancel_requested_at - interval '" + by + "'");
    }

    private static Held held(int attempt) {
        return new Held(JOB, attempt);
    }
}
