package dev.accepted.store.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import dev.accepted.store.concurrency.HeldTimers.Line;
import dev.accepted.store.concurrency.HeldTimers.Waiting;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.timer.TimerTable.Order;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a limit waits for no time. */
class HeldTimersTest {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Group GROUP = new Group(Jobs.TENANT, Jobs.QUEUE, Jobs.TYPE);
    private static final Group OTHER = new Group("other", Jobs.QUEUE, Jobs.TYPE);
    private static final Happening HELD_BACK = new Happening.HeldBack("probe-1", new Limit(Kind.TENANT, Jobs.TENANT));

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

    /** The n-th job, held back n seconds after the first. */
    private static JobState held(int n) {
        return Jobs.after(Jobs.queued(Jobs.id(LONG_AGO.plusSeconds(n), n)), 1, HELD_BACK);
    }

    private void set(JobState... states) throws Exception {
        TimerTable.settle(connection, List.of(states));
    }

    private static List<Integer> numbers(List<Waiting> waiting) {
        return waiting.stream()
                .map(next -> (int) next.timer().job().getLeastSignificantBits())
                .toList();
    }

    @Test
    void whatIsHeldIsNotDueWhateverTheTime() throws Exception {
        JobState due = Jobs.scheduled(Jobs.id(LONG_AGO, 9), LONG_AGO);
        set(held(1), due);
        assertEquals(
                List.of(due.id().uuid()),
                TimerTable.lockDue(connection, 10, Order.OLDEST).stream()
                        .map(TimerTable.Due::job)
                        .toList());
        assertEquals(Optional.empty(), TimerTable.next(connection).untilDue());
    }

    @Test
    void thoseThatWaitLongestComeFirstAndNoMoreOfAGroupThanAsked() throws Exception {
        set(held(3), held(1), held(2));
        assertEquals(List.of(1, 2), numbers(HeldTimers.lockOldest(connection, Map.of(GROUP, 2))));
        assertEquals(List.of(), HeldTimers.lockOldest(connection, Map.of(OTHER, 2)));
    }

    @Test
    void whatSomebodyElseIsAtIsLeftOut() throws Exception {
        set(held(1), held(2));
        connection.commit();
        HeldTimers.lockOldest(connection, Map.of(GROUP, 1));
        assertEquals(List.of(2), numbers(HeldTimers.lockOldest(sessions.open(), Map.of(GROUP, 1))));
    }

    @Test
    void theGroupsOfWhichSomeWaitAreFound() throws Exception {
        assertEquals(List.of(), HeldTimers.groups(connection));
        set(held(1), held(2), held(3));
        StoreDatabase.run(connection, "UPDATE timer SET held_tenant = 'other' WHERE due_at > '2026-01-01T00:00:02Z'");
        assertEquals(List.of(GROUP, OTHER), HeldTimers.groups(connection));
        Group free = new Group("free", Jobs.QUEUE, Jobs.TYPE);
        assertEquals(Set.of(OTHER), HeldTimers.waiting(connection, List.of(OTHER, free)));
        Map<Group, Line> lines = HeldTimers.lines(connection);
        assertEquals(new Line(2, LONG_AGO.plusSeconds(1), LONG_AGO.plusSeconds(2)), lines.get(GROUP));
    }

    @Test
    void whoseAttemptWaitsIsKnown() throws Exception {
        JobState due = Jobs.scheduled(Jobs.id(LONG_AGO, 9), LONG_AGO);
        set(held(1), due);
        assertEquals(
                Set.of(new Held(held(1).id().uuid(), 2)),
                HeldTimers.of(
                        connection,
                        List.of(
                                held(1).id().uuid(),
                                held(2).id().uuid(),
                                due.id().uuid())));
    }

    @Test
    void aTimerThatWaitedForALimitAndThenForItsTimeIsDueAtItsTime() throws Exception {
        JobState held = held(1);
        set(held);
        set(Jobs.after(held, 0, new Happening.Rescheduled(LONG_AGO)));
        assertEquals(List.of(), HeldTimers.groups(connection));
        assertEquals(1, TimerTable.lockDue(connection, 10, Order.OLDEST).size());
    }

    @Test
    void oneReleasesAtATime() throws Exception {
        assertTrue(HeldTimers.isMyTurn(connection));
        Connection other = sessions.open();
        assertFalse(HeldTimers.isMyTurn(other));
        connection.commit();
        assertTrue(HeldTimers.isMyTurn(other));
    }
}
