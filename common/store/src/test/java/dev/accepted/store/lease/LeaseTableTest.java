package dev.accepted.store.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases after their claim: renewed, expired, ended, swept. */
class LeaseTableTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Holder ONE = new Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);
    private static final Holder TWO = new Holder(new UUID(7, 2), "probe-2", Jobs.QUEUE, 4);

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
    void exactlyTheAttemptsHeldAreRenewed() throws Exception {
        claim(ONE, 1, 1, 2, 3, 4);
        claim(TWO, 1, 5);
        claim(TWO, 2, 2);
        LeaseTable.end(connection, List.of(held(3, 1)));
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = now() + interval '10 seconds'");
        // 2 was taken by a later attempt of another, 3 ended, 5 is another's, 6 never was; 4 is not said to be held.
        List<Held> said = List.of(held(6, 1), held(5, 1), held(3, 1), held(2, 1), held(1, 1));
        assertEquals(
                Map.of(held(1, 1), false),
                LeaseTable.renew(connection, ONE, TTL, said).held());
        assertEquals(
                1,
                StoreDatabase.number(
                        connection, "SELECT count(*) FROM lease WHERE expires_at > now() + interval '11 s'"));
    }

    @Test
    void anEarlierAttemptOfTheSameHolderIsNotRenewed() throws Exception {
        claim(ONE, 1, 1);
        claim(ONE, 2, 1);
        assertEquals(
                Map.of(),
                LeaseTable.renew(connection, ONE, TTL, List.of(held(1, 1))).held());
        assertEquals(
                Map.of(held(1, 2), false),
                LeaseTable.renew(connection, ONE, TTL, List.of(held(1, 2))).held());
    }

    @Test
    void aRenewalTellsOfACancel() throws Exception {
        claim(ONE, 1, 1, 2);
        StoreDatabase.run(connection, "UPDATE lease SET cancel_requested = true WHERE job = '" + id(2) + "'");
        List<Held> both = List.of(held(1, 1), held(2, 1));
        assertEquals(
                Map.of(held(1, 1), false, held(2, 1), true),
                LeaseTable.renew(connection, ONE, TTL, both).held());
    }

    @Test
    void aRenewalTellsWhetherItsOwnQueueIsPaused() throws Exception {
        claim(ONE, 1, 1);
        StoreDatabase.run(connection, "INSERT INTO paused_queue (queue) VALUES ('another')");
        assertFalse(LeaseTable.renew(connection, ONE, TTL, List.of()).paused());
        StoreDatabase.run(connection, "INSERT INTO paused_queue (queue, reason) VALUES ('" + Jobs.QUEUE + "', 'why')");
        assertTrue(LeaseTable.renew(connection, ONE, TTL, List.of()).paused());
        LeaseTable.Renewal renewal = LeaseTable.renew(connection, ONE, TTL, List.of(held(1, 1)));
        assertEquals(new LeaseTable.Renewal(Map.of(held(1, 1), false), true, Set.of(), false), renewal);
        StoreDatabase.run(connection, "DELETE FROM paused_queue");
        assertFalse(LeaseTable.renew(connection, ONE, TTL, List.of()).paused());
    }

    @Test
    void aRenewalThatWaitedForTheEndOfItsLeaseLosesIt() throws Exception {
        claim(ONE, 1, 1);
        LeaseTable.end(connection, List.of(held(1, 1)));
        Connection renewing = sessions.open();
        Future<Map<Held, Boolean>> renewed = sessions.start(
                renewing,
                c -> LeaseTable.renew(c, ONE, TTL, List.of(held(1, 1))).held());
        sessions.awaitBlocked(renewing);
        connection.commit();
        assertEquals(Map.of(), Sessions.get(renewed));
    }

    @Test
    void anEndThatWaitedForALaterAttemptLeavesItAlone() throws Exception {
        claim(ONE, 1, 1);
        LeaseTable.claim(connection, TWO, TTL, List.of(Jobs.command(Jobs.id(1), 2)));
        Connection folding = sessions.open();
        Future<Boolean> ended = sessions.start(folding, c -> {
            LeaseTable.end(c, List.of(held(1, 1)));
            c.commit();
            return true;
        });
        sessions.awaitBlocked(folding);
        connection.commit();
        assertTrue(Sessions.get(ended));
        assertEquals(
                Map.of(held(1, 2), false),
                LeaseTable.renew(connection, TWO, TTL, List.of(held(1, 2))).held());
    }

    /** So that a fold that ends leases and a worker that renews them never wait for one another in a circle. */
    @Test
    void leasesAreLockedInTheOrderOfTheirJobsHoweverTheyAreNamed() throws Exception {
        for (int n = 3; n >= 1; n--) {
            claim(ONE, 1, n); // nor however they lie in the table
        }
        List<Held> backwards = List.of(held(3, 1), held(2, 1), held(1, 1));
        assertComesToTheSecondByTheFirst(c -> LeaseTable.renew(c, ONE, TTL, backwards));
        assertComesToTheSecondByTheFirst(c -> {
            LeaseTable.end(c, backwards);
            return true;
        });
    }

    private void assertComesToTheSecondByTheFirst(Sessions.Doing<?> doing) throws Exception {
        String lock = "SELECT job FROM lease WHERE job = '%s' FOR UPDATE NOWAIT";
        StoreDatabase.run(connection, lock.formatted(id(2)));
        Connection second = sessions.open();
        Future<?> waiting = sessions.start(second, doing);
        sessions.awaitBlocked(second);
        Connection third = sessions.open();
        StoreDatabase.run(third, lock.formatted(id(3)));
        assertThrows(SQLException.class, () -> StoreDatabase.run(third, lock.formatted(id(1))));
        third.rollback();
        connection.rollback();
        Sessions.get(waiting);
        second.rollback();
    }

    @Test
    void anIdleWorkerIsThereByItsRenewals() throws Exception {
        assertEquals(Map.of(), WorkerTable.pools(connection));
        LeaseTable.renew(connection, ONE, TTL, List.of());
        LeaseTable.renew(connection, TWO, TTL, List.of());
        assertEquals(Map.of(Jobs.QUEUE, new WorkerTable.Pool(12, 0, 2)), WorkerTable.pools(connection));
        LeaseTable.renew(connection, new Holder(ONE.holder(), ONE.name(), ONE.queue(), 2), TTL, List.of());
        assertEquals(Map.of(Jobs.QUEUE, new WorkerTable.Pool(6, 0, 2)), WorkerTable.pools(connection));
        LeaseTable.retire(connection, ONE);
        assertEquals(Map.of(Jobs.QUEUE, new WorkerTable.Pool(4, 0, 1)), WorkerTable.pools(connection));
    }

    @Test
    void aPoolRunsItsLiveLeasesAndNoOthers() throws Exception {
        LeaseTable.renew(connection, ONE, TTL, List.of());
        claim(ONE, 1, 1, 2, 3);
        LeaseTable.end(connection, List.of(held(1, 1)));
        StoreDatabase.run(
                connection, "UPDATE lease SET expires_at = now() - interval '1 s' WHERE job = '" + id(2) + "'");
        WorkerTable.Pool pool = WorkerTable.pools(connection).get(Jobs.QUEUE);
        assertEquals(new WorkerTable.Pool(8, 1, 1), pool);
        assertEquals(7, pool == null ? -1 : pool.free());
    }

    @Test
    void aWorkerThatWentAwayIsForgotten() throws Exception {
        LeaseTable.renew(connection, ONE, TTL, List.of());
        LeaseTable.renew(connection, TWO, TTL, List.of());
        String gone = " WHERE holder = '" + ONE.holder() + "'";
        StoreDatabase.run(connection, "UPDATE worker SET expires_at = now() - interval '59 s'" + gone);
        assertEquals(0, WorkerTable.sweepGone(connection));
        assertEquals(Map.of(Jobs.QUEUE, new WorkerTable.Pool(4, 0, 1)), WorkerTable.pools(connection));
        StoreDatabase.run(connection, "UPDATE worker SET expires_at = now() - interval '61 s'" + gone);
        assertEquals(1, WorkerTable.sweepGone(connection));
    }

    @Test
    void expiredLeasesAreLockedByOneReaperOnly() throws Exception {
        claim(ONE, 1, 1, 2, 3, 4);
        LeaseTable.end(connection, List.of(held(3, 1)));
        StoreDatabase.run(
                connection, "UPDATE lease SET expires_at = now() - interval '1 s' WHERE job <> '" + id(4) + "'");
        connection.commit();
        Connection other = sessions.open();
        Set<UUID> first = jobs(LeaseTable.lockExpired(connection, 1));
        Set<UUID> second = jobs(LeaseTable.lockExpired(other, 10));
        assertEquals(1, first.size());
        assertEquals(1, second.size());
        Set<UUID> both = new HashSet<>(first);
        both.addAll(second);
        assertEquals(Set.of(id(1), id(2)), both);
    }

    @Test
    void theLongestExpiredComesFirst() throws Exception {
        claim(ONE, 1, 1, 2, 3);
        for (int n = 1; n <= 3; n++) {
            StoreDatabase.run(
                    connection,
                    "UPDATE lease SET expires_at = now() - interval '%d s' WHERE job = '%s'".formatted(n, id(n)));
        }
        List<UUID> order = LeaseTable.lockExpired(connection, 10).stream()
                .map(LeasedCommand::job)
                .toList();
        assertEquals(List.of(id(3), id(2), id(1)), order);
    }

    @Test
    void onlyLeasesThatEndedLongAgoAreSweptAndNoMoreThanAsked() throws Exception {
        int[] numbers = IntStream.rangeClosed(1, 20).toArray();
        claim(ONE, 1, numbers);
        List<Held> over = new ArrayList<>();
        IntStream.rangeClosed(1, 15).forEach(n -> over.add(held(n, 1)));
        LeaseTable.end(connection, over);
        StoreDatabase.run(
                connection,
                "UPDATE lease SET ended_at = now() - interval '1 hour' WHERE job <= '" + id(12)
                        + "' AND ended_at IS NOT NULL");
        assertEquals(5, LeaseTable.sweepEnded(connection, Duration.ofMinutes(5), 5));
        assertEquals(7, LeaseTable.sweepEnded(connection, Duration.ofMinutes(5), 50));
        assertEquals(0, LeaseTable.sweepEnded(connection, Duration.ofMinutes(5), 50));
        assertEquals(8, StoreDatabase.number(connection, "SELECT count(*) FROM lease"));
    }

    private static UUID id(int n) {
        return Jobs.id(n).uuid();
    }

    private static Held held(int n, int attempt) {
        return new Held(id(n), attempt);
    }

    private static Set<UUID> jobs(List<LeasedCommand> leases) {
        return leases.stream().map(LeasedCommand::job).collect(Collectors.toSet());
    }

    private void claim(Holder by, int attempt, int... numbers) throws Exception {
        List<LeasedCommand> batch = IntStream.of(numbers)
                .mapToObj(n -> Jobs.command(Jobs.id(n), attempt))
                .toList();
        assertEquals(
                numbers.length, LeaseTable.claim(connection, by, TTL, batch).size());
        connection.commit();
    }
}
