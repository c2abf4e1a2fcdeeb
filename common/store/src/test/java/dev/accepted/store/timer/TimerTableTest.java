package dev.accepted.store.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.timer.TimerTable.Due;
import dev.accepted.store.timer.TimerTable.Order;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A timer exists if and only if the state says so, and fires once, in time. */
class TimerTableTest {

    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

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
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void aTimerIsSetForWhatWaits() throws Exception {
        JobState later = Jobs.scheduled(Jobs.id(1), PAST);
        TimerTable.settle(connection, List.of(later, Jobs.queued(Jobs.id(2))));
        assertEquals(List.of(due(later, 1, 0)), TimerTable.lockDue(connection, 10, Order.OLDEST));
    }

    @Test
    void aTimerIsMovedWithItsJob() throws Exception {
        JobState later = Jobs.scheduled(Jobs.id(1), PAST);
        TimerTable.settle(connection, List.of(later));
        TimerTable.settle(connection, List.of(Jobs.after(later, 0, new Happening.Rescheduled(FUTURE))));
        assertEquals(List.of(), TimerTable.lockDue(connection, 10, Order.OLDEST));
        assertEquals(1, StoreDatabase.number(connection, "SELECT count(*) FROM timer"));
    }

    @Test
    void aTimerIsOfTheNextAttemptOnceOneFailed() throws Exception {
        JobState failed = Jobs.failedOnce(Jobs.queued(Jobs.id(PAST, 1)), 1, Duration.ofSeconds(3));
        TimerTable.settle(connection, List.of(failed));
        assertEquals(List.of(due(failed, 2, 1)), TimerTable.lockDue(connection, 10, Order.OLDEST));
    }

    @Test
    void theTimerOfAJobThatWaitsNoLongerIsDroppedAndNoOther() throws Exception {
        JobState one = Jobs.scheduled(Jobs.id(1), PAST);
        JobState two = Jobs.scheduled(Jobs.id(2), PAST);
        TimerTable.settle(connection, List.of(one, two));
        JobState cancelled = Jobs.after(one, 0, new Happening.CancelRequested(false, null));
        TimerTable.settle(connection, List.of(cancelled));
        assertEquals(List.of(due(two, 1, 0)), TimerTable.lockDue(connection, 10, Order.OLDEST));
        TimerTable.drop(connection, List.of(two.id().uuid(), UUID.randomUUID()));
        assertEquals(List.of(), TimerTable.lockDue(connection, 10, Order.OLDEST));
    }

    @Test
    void theLongestDueComesFirstAndNoMoreThanAsked() throws Exception {
        List<JobState> states = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            states.add(Jobs.scheduled(Jobs.id(n), PAST.minusSeconds(n)));
        }
        TimerTable.settle(connection, states);
        List<UUID> due = TimerTable.lockDue(connection, 3, Order.OLDEST).stream()
                .map(Due::job)
                .toList();
        assertEquals(List.of(Jobs.id(4).uuid(), Jobs.id(3).uuid(), Jobs.id(2).uuid()), due);
    }

    @Test
    void whatOneGatewayFiresAnotherLeavesOut() throws Exception {
        JobState one = Jobs.scheduled(Jobs.id(1), PAST);
        JobState two = Jobs.scheduled(Jobs.id(2), PAST.plusSeconds(1));
        TimerTable.settle(connection, List.of(one, two));
        connection.commit();
        Connection other = sessions.open();
        assertEquals(List.of(due(one, 1, 0)), TimerTable.lockDue(connection, 1, Order.OLDEST));
        assertEquals(List.of(due(two, 1, 0)), TimerTable.lockDue(other, 10, Order.OLDEST));
        TimerTable.drop(connection, List.of(one.id().uuid()));
        connection.commit();
        other.rollback();
        assertEquals(List.of(due(two, 1, 0)), TimerTable.lockDue(other, 10, Order.OLDEST));
    }

    @Test
    void theLatestDueComesFirstToWhomAsksForIt() throws Exception {
        for (int n = 0; n < 5; n++) {
            TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(n), PAST.minusSeconds(n))));
        }
        TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(5), FUTURE)));
        List<UUID> due = TimerTable.lockDue(connection, 2, Order.NEWEST).stream()
                .map(Due::job)
                .toList();
        assertEquals(List.of(Jobs.id(0).uuid(), Jobs.id(1).uuid()), due);
    }

    @Test
    void theNextTimerTellsHowLongToSleep() throws Exception {
        assertEquals(Optional.empty(), TimerTable.next(connection).untilDue());
        TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(1), FUTURE), Jobs.scheduled(Jobs.id(2), FUTURE)));
        StoreDatabase.run(
                connection,
                "UPDATE timer SET due_at = clock_timestamp() + interval '90 s' WHERE job = '"
                        + Jobs.id(2).uuid() + "'");
        TimerTable.Next next = TimerTable.next(connection);
        Duration wait = next.untilDue().orElseThrow();
        assertTrue(wait.compareTo(Duration.ofSeconds(90)) < 0, wait.toString());
        assertTrue(wait.compareTo(Duration.ofSeconds(60)) > 0, wait.toString());
    }

    @Test
    void whatIsDueAlreadyIsNotWaitedFor() throws Exception {
        TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(1), PAST)));
        assertEquals(Optional.empty(), TimerTable.next(connection).untilDue());
    }

    @Test
    void whatBecomesDueInTheMeantimeIsNextAtOnce() throws Exception {
        TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(1), FUTURE)));
        StoreDatabase.run(connection, "UPDATE timer SET due_at = now() + interval '1 microsecond'");
        Duration wait = TimerTable.next(connection).untilDue().orElseThrow();
        assertTrue(wait.isNegative() || wait.isZero(), wait.toString());
    }

    @Test
    void whatIsPutOffIsDueLater() throws Exception {
        JobState one = Jobs.scheduled(Jobs.id(1), PAST);
        JobState two = Jobs.scheduled(Jobs.id(2), PAST);
        TimerTable.settle(connection, List.of(one, two));
        TimerTable.putOff(connection, List.of(one.id().uuid()), Duration.ofMinutes(1));
        assertEquals(List.of(due(two, 1, 0)), TimerTable.lockDue(connection, 10, Order.OLDEST));
        TimerTable.putOff(connection, List.of(), Duration.ofMinutes(1));
        assertEquals(2, StoreDatabase.number(connection, "SELECT count(*) FROM timer"));
    }

    @Test
    void aTimeFinerThanAMicrosecondIsNotDueBeforeTheJobsRowSaysSo() throws Exception {
        Instant fine = PAST.plusNanos(999_999_999);
        TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(1), fine)));
        assertEquals(
                1,
                StoreDatabase.number(
                        connection, "SELECT count(*) FROM timer WHERE due_at = '2026-01-01T00:00:00.999999Z'"));
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        TimerTable.settle(connection, List.of());
        TimerTable.drop(connection, List.of());
        assertTrue(TimerTable.lockDue(connection, 10, Order.OLDEST).isEmpty());
    }

    private static Due due(JobState state, int attempt, int command) {
        return new Due(state.id().uuid(), state.id().text(), attempt, Jobs.at(command));
    }
}
