package dev.accepted.store.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import dev.accepted.store.concurrency.LimitedClaim.Claimed;
import dev.accepted.store.concurrency.ReleasedTable.Released;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.lease.StopTable;
import dev.accepted.store.timer.TimerTable;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No more than may run at once, whoever claims, and the others held back. */
class LimitedClaimTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Holder WORKER = new Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);
    private static final Limit TENANT = new Limit(Kind.TENANT, Jobs.TENANT);
    private static final Group GROUP = new Group(Jobs.TENANT, Jobs.QUEUE, Jobs.TYPE);

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

    private void limit(Limit limit, int most) throws Exception {
        LimitTable.put(connection, limit, most, null);
        connection.commit();
    }

    private static List<LeasedCommand> commands(int from, int to, int attempt) {
        return IntStream.range(from, to)
                .mapToObj(n -> Jobs.command(Jobs.id(n), attempt))
                .toList();
    }

    private static Set<UUID> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> Jobs.id(n).uuid()).collect(Collectors.toSet());
    }

    private Claimed claim(List<LeasedCommand> batch) throws Exception {
        Claimed claimed = LimitedClaim.claim(connection, WORKER, TTL, batch);
        connection.commit();
        return claimed;
    }

    private void end(int job, int attempt) throws Exception {
        LeaseTable.end(connection, List.of(new Held(Jobs.id(job).uuid(), attempt)));
        connection.commit();
    }

    /** What the fold makes of an attempt that was held back. */
    private void fold(int job, int attempt) throws Exception {
        JobState held = Jobs.after(Jobs.queued(Jobs.id(job)), attempt, new Happening.HeldBack("probe-1", TENANT));
        LeaseTable.end(connection, List.of(new Held(held.id().uuid(), attempt)));
        TimerTable.settle(connection, List.of(held));
        connection.commit();
    }

    @Test
    void withoutALimitAllRun() throws Exception {
        assertEquals(new Claimed(ids(0, 5), Map.of()), claim(commands(0, 5, 1)));
    }

    @Test
    void aLimitOfOthersConcernsNobody() throws Exception {
        limit(new Limit(Kind.TENANT, "other"), 0);
        limit(new Limit(Kind.TYPE, Jobs.QUEUE), 0);
        assertEquals(new Claimed(ids(0, 5), Map.of()), claim(commands(0, 5, 1)));
    }

    @Test
    void whoCameFirstRunsAndTheOthersAreHeldBack() throws Exception {
        limit(TENANT, 3);
        List<LeasedCommand> backwards = new ArrayList<>(commands(0, 5, 1));
        java.util.Collections.reverse(backwards);
        Claimed claimed = claim(backwards);
        assertEquals(ids(2, 5), claimed.toRun());
        assertEquals(Map.of(Jobs.id(0).uuid(), TENANT, Jobs.id(1).uuid(), TENANT), claimed.heldBack());
        assertEquals(2, StoreDatabase.number(connection, "SELECT count(*) FROM lease WHERE held_by = 'tenant/acme'"));
        assertEquals(Map.of(GROUP, 3L), LimitTable.running(connection));
    }

    @Test
    void whatEndedLeavesItsRoomToOthers() throws Exception {
        limit(TENANT, 1);
        claim(commands(0, 1, 1));
        assertEquals(Set.of(), claim(commands(1, 2, 1)).toRun());
        end(0, 1);
        assertEquals(ids(2, 3), claim(commands(2, 3, 1)).toRun());
    }

    @Test
    void aLimitOfAQueueAndOneOfATypeHoldBackToo() throws Exception {
        for (Limit limit : List.of(new Limit(Kind.QUEUE, Jobs.QUEUE), new Limit(Kind.TYPE, Jobs.TYPE))) {
            database.empty();
            limit(limit, 1);
            assertEquals(
                    Map.of(Jobs.id(1).uuid(), limit), claim(commands(0, 2, 1)).heldBack());
        }
    }

    @Test
    void withALimitOfNoneNothingBegins() throws Exception {
        limit(TENANT, 0);
        assertEquals(Set.of(), claim(commands(0, 2, 1)).toRun());
    }

    @Test
    void theNextAttemptOfOneThatWasHeldBackIsAsAnyOther() throws Exception {
        limit(TENANT, 0);
        claim(commands(0, 1, 1));
        limit(TENANT, 1);
        assertEquals(ids(0, 1), claim(commands(0, 1, 2)).toRun());
        assertEquals(0, StoreDatabase.number(connection, "SELECT count(*) FROM lease WHERE held_by IS NOT NULL"));
    }

    @Test
    void anAttemptThatWasHadTakesNoRoom() throws Exception {
        limit(TENANT, 1);
        claim(commands(0, 1, 1));
        end(0, 1);
        Claimed claimed = claim(commands(0, 2, 1));
        assertEquals(new Claimed(ids(1, 2), Map.of()), claimed);
    }

    @Test
    void aCancelHoldsNoRoom() throws Exception {
        JobTable.insert(connection, Jobs.queued(0, 1));
        StopTable.cancel(connection, Jobs.queued(Jobs.id(0)), null, null);
        limit(TENANT, 1);
        assertEquals(ids(1, 2), claim(commands(1, 2, 1)).toRun());
    }

    @Test
    void whoComesWhileOthersWaitIsBehindThem() throws Exception {
        limit(TENANT, 1);
        claim(commands(0, 2, 1));
        fold(1, 1);
        end(0, 1);
        assertEquals(Map.of(Jobs.id(2).uuid(), TENANT), claim(commands(2, 3, 1)).heldBack());
        assertEquals(ids(1, 2), claim(commands(1, 2, 2)).toRun(), "it was sent, and its timer is not dropped yet");
    }

    @Test
    void forWhatWasReleasedTheRoomIsKept() throws Exception {
        limit(TENANT, 1);
        Held sent = new Held(Jobs.id(1).uuid(), 2);
        ReleasedTable.add(connection, List.of(new Released(sent, GROUP)));
        connection.commit();
        assertEquals(Map.of(Jobs.id(0).uuid(), TENANT), claim(commands(0, 1, 1)).heldBack());
        List<LeasedCommand> both = List.of(Jobs.command(Jobs.id(2), 1), Jobs.command(Jobs.id(1), 2));
        Claimed claimed = claim(both);
        assertEquals(ids(1, 2), claimed.toRun(), "it is first in whatever batch it comes");
        assertNull(ReleasedTable.all(connection).get(sent), "it has come");
    }

    @Test
    void whatWasClaimedByTheWayIsForgotten() throws Exception {
        ReleasedTable.add(
                connection,
                List.of(
                        new Released(new Held(Jobs.id(0).uuid(), 2), GROUP),
                        new Released(new Held(Jobs.id(1).uuid(), 2), GROUP),
                        new Released(new Held(Jobs.id(2).uuid(), 2), GROUP)));
        LeaseTable.claim(connection, WORKER, TTL, List.of(Jobs.command(Jobs.id(0), 2), Jobs.command(Jobs.id(1), 1)));
        StoreDatabase.run(
                connection,
                "UPDATE released SET since = now() - interval '1 hour' WHERE job = '"
                        + Jobs.id(2).uuid() + "'");
        ReleasedTable.sweep(connection);
        assertEquals(Map.of(new Held(Jobs.id(1).uuid(), 2), GROUP), ReleasedTable.all(connection));
    }

    @Test
    void twoNeverTakeTheLastPlace() throws Exception {
        limit(TENANT, 1);
        Connection first = sessions.open();
        Connection second = sessions.open();
        Claimed won = LimitedClaim.claim(first, WORKER, TTL, commands(0, 1, 1));
        Future<Claimed> late = sessions.start(second, c -> LimitedClaim.claim(c, WORKER, TTL, commands(1, 2, 1)));
        sessions.awaitBlocked(second);
        first.commit();
        assertEquals(ids(0, 1), won.toRun());
        assertEquals(Set.of(), Sessions.get(late).toRun());
    }

    @Test
    void nobodyWaitsForOneUnderAnotherLimit() throws Exception {
        limit(TENANT, 1);
        limit(new Limit(Kind.TENANT, "other"), 1);
        Connection first = sessions.open();
        LimitedClaim.claim(first, WORKER, TTL, commands(0, 1, 1));
        assertEquals(1, claim(List.of(ofTenant("other", 1))).toRun().size());
        assertEquals(1, claim(List.of(ofTenant("free", 2))).toRun().size());
    }

    private static LeasedCommand ofTenant(String tenant, int n) {
        JobId id = Jobs.id(n);
        return new LeasedCommand(id.uuid(), id.text(), tenant, Jobs.TYPE, Jobs.QUEUE, 1, null, Jobs.at(1));
    }

    @Test
    void eightWorkersAtOnceNeverRunMoreThanMay() throws Exception {
        long seed = new Random().nextLong();
        int most = 5;
        limit(TENANT, most);
        limit(new Limit(Kind.QUEUE, Jobs.QUEUE), most + 1);
        AtomicInteger next = new AtomicInteger();
        List<Future<List<Long>>> workers = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            Random random = new Random(seed + n);
            workers.add(sessions.start(sessions.open(), c -> work(c, next, random)));
        }
        List<Long> seen = new ArrayList<>();
        for (Future<List<Long>> worker : workers) {
            seen.addAll(Sessions.get(worker));
        }
        assertTrue(seen.stream().allMatch(running -> running <= most), seen + "; seed " + seed);
        assertTrue(seen.contains((long) most), "it was never full; seed " + seed);
    }

    /** Claims a few at a time and lets them end by chance; says how many ran in all after each claim. */
    private static List<Long> work(Connection c, AtomicInteger next, Random random) throws Exception {
        List<Long> seen = new ArrayList<>();
        Set<Held> held = new HashSet<>();
        for (int round = 0; round < 60; round++) {
            int from = next.getAndAdd(3);
            Claimed claimed = LimitedClaim.claim(c, WORKER, TTL, commands(from, from + 3, 1));
            c.commit();
            claimed.toRun().forEach(job -> held.add(new Held(job, 1)));
            seen.add(LimitTable.running(c).values().stream()
                    .mapToLong(Long::longValue)
                    .sum());
            if (random.nextInt(3) == 0 || round == 59) {
                LeaseTable.end(c, held);
                held.clear();
            }
            c.commit();
        }
        return seen;
    }
}
