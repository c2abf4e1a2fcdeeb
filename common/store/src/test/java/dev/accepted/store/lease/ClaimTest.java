package dev.accepted.store.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.IntNode;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each (job, attempt) at most once. */
class ClaimTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final JobId ID = Jobs.id(1);
    private static final UUID JOB = ID.uuid();
    private static final Holder ONE = new Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);
    private static final Holder TWO = new Holder(new UUID(7, 2), "probe-2", Jobs.QUEUE, 8);

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
    void eachAttemptIsClaimedOnceByWhomever() throws Exception {
        long seed = new Random().nextLong();
        List<Future<List<Held>>> claimers = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            Random random = new Random(seed + n);
            Holder holder = new Holder(new UUID(seed, n), "probe-" + n, Jobs.QUEUE, 8);
            claimers.add(sessions.start(sessions.open(), c -> claimAtRandom(c, holder, random)));
        }
        List<Held> won = new ArrayList<>();
        for (Future<List<Held>> claimer : claimers) {
            won.addAll(Sessions.get(claimer));
        }
        assertEquals(won.size(), Set.copyOf(won).size(), "an attempt was claimed twice; seed " + seed);
        for (int n = 0; n < 200; n++) {
            assertTrue(won.contains(new Held(Jobs.id(n).uuid(), 3)), "nobody got the last attempt; seed " + seed);
        }
    }

    /** Overlapping batches of 200 jobs, each attempt asked for by everybody, in any order. */
    private static List<Held> claimAtRandom(Connection c, Holder holder, Random random) throws Exception {
        List<Held> won = new ArrayList<>();
        List<Integer> jobs = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
        for (int attempt = 1; attempt <= 3; attempt++) {
            Collections.shuffle(jobs, random);
            for (int from = 0; from < jobs.size(); from += 40) {
                int asked = attempt;
                List<LeasedCommand> batch = jobs.subList(from, from + 40).stream()
                        .map(n -> Jobs.command(Jobs.id(n), asked))
                        .toList();
                for (UUID job : LeaseTable.claim(c, holder, TTL, batch)) {
                    won.add(new Held(job, asked));
                }
                c.commit();
            }
        }
        return won;
    }

    @Test
    void aJobWithoutARowIsClaimed() throws Exception {
        assertEquals(Set.of(JOB), claim(ONE, 1));
    }

    @Test
    void aJobThatWaitsForThatAttemptIsClaimed() throws Exception {
        insert(Jobs.queued(ID));
        assertEquals(Set.of(JOB), claim(ONE, 1));
    }

    @Test
    void aLaterAttemptThanTheTableKnowsOfIsClaimed() throws Exception {
        insert(Jobs.queued(ID));
        assertEquals(Set.of(JOB), claim(ONE, 2));
    }

    @Test
    void aFinishedJobIsRefused() throws Exception {
        insert(Jobs.succeeded(Jobs.queued(ID), 1));
        assertEquals(Set.of(), claim(ONE, 1));
        assertEquals(Set.of(), claim(ONE, 2));
    }

    @Test
    void aJobThatIsBeingCancelledIsRefused() throws Exception {
        insert(Jobs.after(Jobs.queued(ID), 1, new Happening.CancelRequested(true, null)));
        assertEquals(Set.of(), claim(ONE, 1));
    }

    @Test
    void anAttemptThatEndedIsRefusedAndTheNextIsNot() throws Exception {
        insert(Jobs.failedOnce(Jobs.queued(ID), 1, Duration.ZERO));
        assertEquals(Set.of(), claim(ONE, 1));
        assertEquals(Set.of(JOB), claim(ONE, 2));
    }

    @Test
    void anAttemptNotAboveTheOneInALiveLeaseIsRefused() throws Exception {
        assertEquals(Set.of(JOB), claim(ONE, 2));
        assertEquals(Set.of(), claim(TWO, 2));
        assertEquals(Set.of(), claim(TWO, 1));
        assertEquals(Set.of(), claim(ONE, 2), "not even again by its own holder");
        assertEquals(Set.of(JOB), claim(TWO, 3));
    }

    @Test
    void anAttemptNotAboveTheOneInAnExpiredLeaseIsRefused() throws Exception {
        claim(ONE, 1);
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = now() - interval '1 hour'");
        connection.commit();
        assertEquals(Set.of(), claim(TWO, 1));
        assertEquals(Set.of(JOB), claim(TWO, 2));
    }

    @Test
    void anAttemptNotAboveTheOneInAnEndedLeaseIsRefused() throws Exception {
        claim(ONE, 1);
        LeaseTable.end(connection, List.of(new Held(JOB, 1)));
        connection.commit();
        assertEquals(Set.of(), claim(TWO, 1));
        assertEquals(Set.of(JOB), claim(TWO, 2));
        assertEquals(
                Map.of(new Held(JOB, 2), false),
                LeaseTable.renew(connection, TWO, TTL, List.of(new Held(JOB, 2)))
                        .held());
    }

    @Test
    void aLeaseWhoseCancelWasAskedForIsNotTakenByALaterAttempt() throws Exception {
        claim(ONE, 1);
        StoreDatabase.run(connection, "UPDATE lease SET cancel_requested = true");
        connection.commit();
        assertEquals(Set.of(), claim(TWO, 2));
    }

    @Test
    void aClaimThatBeganBeforeTheFoldThatEndedTheJobIsRefused() throws Exception {
        insert(Jobs.queued(ID));
        claim(ONE, 1);
        Connection folding = sessions.open();
        JobState queued = JobTable.lock(folding, List.of(JOB)).get(JOB);
        assertTrue(queued != null);
        JobTable.update(folding, List.of(Jobs.succeeded(queued, 1)));
        LeaseTable.end(folding, List.of(new Held(JOB, 1)));
        Connection late = sessions.open();
        Future<Set<UUID>> claimed = sessions.start(late, c -> LeaseTable.claim(c, TWO, TTL, List.of(command(1))));
        // It has read the job's row as unfinished and waits for the lease.
        sessions.awaitBlocked(late);
        folding.commit();
        assertEquals(Set.of(), Sessions.get(claimed));
    }

    @Test
    void aClaimKnowsWhoseCommandItIsAndHowLong() throws Exception {
        claim(ONE, 1);
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = expires_at - interval '2 minutes'");
        LeasedCommand expired = LeaseTable.lockExpired(connection, 10).get(0);
        assertEquals(
                new LeasedCommand(JOB, ID.text(), "acme", "probe.noop", "probe", 1, "probe-1", Jobs.at(1)), expired);
        assertEquals(
                0,
                StoreDatabase.number(
                        connection, "SELECT count(*) FROM lease WHERE expires_at <> claimed_at - interval '1 minute'"));
    }

    @Test
    void aLaterAttemptsLeaseIsOfItsOwnCommandAndHolder() throws Exception {
        claim(ONE, 1);
        claim(TWO, 2);
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = now() - interval '2 minutes'");
        LeasedCommand expired = LeaseTable.lockExpired(connection, 10).get(0);
        assertEquals(
                new LeasedCommand(JOB, ID.text(), "acme", "probe.noop", "probe", 2, "probe-2", Jobs.at(2)), expired);
    }

    @Test
    void aBatchWithAJobTwiceIsRefusedWhole() throws Exception {
        List<LeasedCommand> twice = List.of(command(1), Jobs.command(Jobs.id(2), 1), command(2));
        assertThrows(IllegalArgumentException.class, () -> LeaseTable.claim(connection, ONE, TTL, twice));
        assertEquals(0, StoreDatabase.number(connection, "SELECT count(*) FROM lease"));
    }

    @Test
    void aHolderCanAskWhichLiveLeasesAreItsOwn() throws Exception {
        assertEquals(Set.of(JOB), claim(ONE, 1));
        List<LeaseTable.Held> asked = List.of(
                new LeaseTable.Held(JOB, 1), new LeaseTable.Held(Jobs.id(2).uuid(), 1));
        assertEquals(Set.of(JOB), LeaseTable.mine(connection, ONE, asked));
        assertEquals(Set.of(), LeaseTable.mine(connection, TWO, asked));
        assertEquals(Set.of(), LeaseTable.mine(connection, ONE, List.of(new LeaseTable.Held(JOB, 2))));
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = now() - interval '1 second'");
        assertEquals(Set.of(), LeaseTable.mine(connection, ONE, asked));
        StoreDatabase.run(connection, "UPDATE lease SET expires_at = now() + interval '1 hour', held_by = 'type/t'");
        assertEquals(Set.of(), LeaseTable.mine(connection, ONE, asked));
        StoreDatabase.run(connection, "UPDATE lease SET held_by = NULL, ended_at = now()");
        assertEquals(Set.of(), LeaseTable.mine(connection, ONE, asked));
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        assertEquals(Set.of(), LeaseTable.claim(connection, ONE, TTL, List.of()));
    }

    @Test
    void theLastCheckpointIsReadWithTheClaim() throws Exception {
        Happening progressed = new Happening.Progressed("probe-1", Jobs.START, null, Map.of(), IntNode.valueOf(7));
        insert(Jobs.after(Jobs.queued(ID), 1, progressed));
        insert(Jobs.queued(Jobs.id(2)));
        List<UUID> asked = List.of(JOB, Jobs.id(2).uuid(), Jobs.id(3).uuid());
        Map<UUID, LeaseTable.Legacy> legacies = LeaseTable.legacies(connection, asked);
        assertEquals(new LeaseTable.Legacy("7", 0, true), legacies.get(JOB));
        assertEquals(LeaseTable.Legacy.NONE, legacies.get(Jobs.id(2).uuid()));
    }

    private static LeasedCommand command(int attempt) {
        return Jobs.command(ID, attempt);
    }

    private Set<UUID> claim(Holder by, int attempt) throws Exception {
        Set<UUID> claimed = LeaseTable.claim(connection, by, TTL, List.of(command(attempt)));
        connection.commit();
        return claimed;
    }

    private void insert(JobState state) throws Exception {
        JobTable.insert(connection, List.of(state));
        connection.commit();
    }
}
