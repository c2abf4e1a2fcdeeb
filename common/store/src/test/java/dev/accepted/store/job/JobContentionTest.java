package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.timer.TimerTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several sessions fold at once. */
class JobContentionTest {

    private static final int JOBS = 40;
    private static final int ROUNDS = 60;

    private static StoreDatabase database;

    private Sessions sessions;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        database.empty();
        sessions = new Sessions(database);
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void whoInsertsSecondIsToldAndReadsTheFirstOnesRow() throws Exception {
        JobState theirs = Jobs.queued(Jobs.id(1));
        JobState ours = Jobs.started(theirs, 1);
        UUID id = theirs.id().uuid();
        Connection first = sessions.open();
        Connection second = sessions.open();
        assertEquals(Set.of(id), JobTable.insert(first, List.of(theirs)));
        Future<Set<UUID>> collided =
                sessions.start(second, c -> JobTable.insert(c, List.of(ours, Jobs.queued(Jobs.id(2)))));
        sessions.awaitBlocked(second);
        first.commit();
        assertEquals(Set.of(Jobs.id(2).uuid()), Sessions.get(collided));
        assertEquals(Map.of(id, theirs), JobTable.lock(second, List.of(id)));
    }

    @Test
    void whoLocksSecondWaitsAndReadsWhatTheFirstWrote() throws Exception {
        JobState queued = Jobs.queued(Jobs.id(1));
        List<UUID> ids = List.of(queued.id().uuid());
        Connection first = sessions.open();
        Connection second = sessions.open();
        JobTable.insert(first, List.of(queued));
        first.commit();
        JobTable.lock(first, ids);
        Future<Map<UUID, JobState>> locked = sessions.start(second, c -> JobTable.lock(c, ids));
        sessions.awaitBlocked(second);
        JobTable.update(first, List.of(Jobs.succeeded(queued, 1)));
        first.commit();
        assertEquals(Map.of(ids.get(0), Jobs.succeeded(queued, 1)), Sessions.get(locked));
    }

    @Test
    void rowsAreLockedInTheOrderOfTheirIdsHoweverTheyAreAskedFor() throws Exception {
        List<UUID> ids = Jobs.queued(0, 3).stream().map(s -> s.id().uuid()).toList();
        Connection first = sessions.open();
        Connection second = sessions.open();
        Connection third = sessions.open();
        JobTable.insert(first, Jobs.queued(0, 3));
        first.commit();
        JobTable.lock(first, ids.subList(1, 2));
        Future<Map<UUID, JobState>> all =
                sessions.start(second, c -> JobTable.lock(c, List.of(ids.get(2), ids.get(1), ids.get(0))));
        sessions.awaitBlocked(second);
        // It has come as far as the second row: the last is free, the first is not.
        StoreDatabase.run(third, "SET lock_timeout = '50ms'");
        assertEquals(1, JobTable.lock(third, ids.subList(2, 3)).size());
        SQLException refused = assertThrows(SQLException.class, () -> JobTable.lock(third, ids.subList(0, 1)));
        assertEquals("55P03", refused.getSQLState());
        third.rollback();
        first.rollback();
        assertEquals(3, Sessions.get(all).size());
    }

    /** Folds, claims, renewals and reaping over the same jobs, each in an order of its own. */
    @Test
    void nothingThatRunsAtOnceEndsInADeadlock() throws Exception {
        long seed = new Random().nextLong();
        List<Future<Integer>> running = new ArrayList<>();
        for (int n = 0; n < 6; n++) {
            Random random = new Random(seed + n);
            LeaseTable.Holder holder = new LeaseTable.Holder(new UUID(seed, n), "probe-" + n, Jobs.QUEUE, 4);
            boolean folds = n % 2 == 0;
            running.add(sessions.start(sessions.open(), c -> {
                int rounds = 0;
                for (; rounds < ROUNDS; rounds++) {
                    List<Integer> some = some(random);
                    if (folds) {
                        fold(c, some);
                    } else {
                        claimAndRenew(c, holder, some, 1 + random.nextInt(3));
                    }
                }
                return rounds;
            }));
        }
        for (Future<Integer> each : running) {
            assertEquals(ROUNDS, Sessions.get(each), "seed " + seed);
        }
        try (Connection connection = database.connect()) {
            List<UUID> ids =
                    Jobs.queued(0, JOBS).stream().map(s -> s.id().uuid()).toList();
            Map<UUID, JobState> found = JobTable.lock(connection, ids);
            assertEquals(JOBS, found.size(), "seed " + seed);
            int taken = found.values().stream().mapToInt(JobState::applied).sum();
            int times = found.values().stream()
                    .mapToInt(s -> (int) s.eventOffset() + 1)
                    .sum();
            assertEquals(times, taken, "an update was lost; seed " + seed);
            assertFalse(found.values().stream().allMatch(s -> s.applied() == 0), "seed " + seed);
        }
    }

    private static List<Integer> some(Random random) {
        List<Integer> all = new ArrayList<>();
        for (int n = 0; n < JOBS; n++) {
            all.add(n);
        }
        Collections.shuffle(all, random);
        return all.subList(0, 20);
    }

    /** As the projection does: lock, insert what is new, roll back and begin again if somebody was faster. */
    private static void fold(Connection connection, List<Integer> numbers) throws Exception {
        List<UUID> ids = numbers.stream().map(n -> Jobs.id(n).uuid()).toList();
        while (true) {
            Map<UUID, JobState> there = JobTable.lock(connection, ids);
            List<JobState> fresh = new ArrayList<>();
            List<JobState> changed = new ArrayList<>();
            for (int n : numbers) {
                JobState before = there.get(Jobs.id(n).uuid());
                if (before == null) {
                    fresh.add(Jobs.queued(Jobs.id(n)));
                } else if (before.status() == Status.QUEUED && before.phase().attempt() < 3) {
                    changed.add(Jobs.failedOnce(before, before.phase().attempt(), Duration.ofHours(1)));
                }
            }
            if (JobTable.insert(connection, fresh).size() < fresh.size()) {
                connection.rollback();
                continue;
            }
            JobTable.update(connection, changed);
            LeaseTable.end(
                    connection,
                    changed.stream()
                            .map(s -> new Held(s.id().uuid(), s.phase().attempt() - 1))
                            .toList());
            fresh.addAll(changed);
            TimerTable.settle(connection, fresh);
            connection.commit();
            return;
        }
    }

    private static void claimAndRenew(
            Connection connection, LeaseTable.Holder holder, List<Integer> numbers, int attempt) throws Exception {
        Duration ttl = Duration.ofMinutes(1);
        List<LeasedCommand> batch =
                numbers.stream().map(n -> Jobs.command(Jobs.id(n), attempt)).toList();
        LeaseTable.claim(connection, holder, ttl, batch);
        connection.commit();
        List<Held> held =
                numbers.stream().map(n -> new Held(Jobs.id(n).uuid(), attempt)).toList();
        LeaseTable.renew(connection, holder, ttl, held);
        connection.commit();
    }
}
