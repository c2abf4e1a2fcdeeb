package dev.accepted.store.lease;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.WorkerTable.Drain;
import dev.accepted.store.lease.WorkerTable.Pool;
import dev.accepted.store.lease.WorkerTable.Worker;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workers that are there, and those that are drained. */
class WorkerTableTest {

    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Holder ONE = new Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);
    private static final Holder TWO = new Holder(new UUID(7, 2), "probe-2", Jobs.QUEUE, 4);

    private static StoreDatabase database;

    private Connection connection;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        database.empty();
        connection = database.connect();
        renew(ONE);
        renew(TWO);
    }

    @AfterEach
    void close() throws Exception {
        connection.rollback();
        connection.close();
    }

    private boolean renew(Holder worker) throws Exception {
        boolean draining = LeaseTable.renew(connection, worker, TTL, List.of()).draining();
        connection.commit();
        return draining;
    }

    private void claim(Holder by, int... jobs) throws Exception {
        for (int job : jobs) {
            LeaseTable.claim(connection, by, TTL, List.of(Jobs.command(Jobs.id(job), 1)));
        }
        connection.commit();
    }

    private Worker worker(Holder wanted) throws Exception {
        return WorkerTable.all(connection).stream()
                .filter(worker -> worker.holder().equals(wanted.holder()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoIsThereIsListedWithWhatItRuns() throws Exception {
        claim(ONE, 1, 2, 3);
        LeaseTable.end(connection, List.of(new LeaseTable.Held(Jobs.id(2).uuid(), 1)));
        List<Worker> all = WorkerTable.all(connection);
        assertEquals(
                List.of("probe-1", "probe-2"), all.stream().map(Worker::name).toList());
        Worker one = all.get(0);
        assertEquals(List.of(8, 2), List.of(one.slots(), one.running()));
        assertEquals(Jobs.QUEUE, one.queue());
        assertNull(one.drain());
        assertTrue(one.until().isAfter(Instant.now()));
        assertEquals(0, all.get(1).running());
    }

    @Test
    void aDrainIsHeardByThatWorkerAlone() throws Exception {
        assertTrue(WorkerTable.drain(connection, ONE.holder(), "a bad disk", "ops"));
        assertTrue(renew(ONE));
        assertTrue(renew(ONE), "and with each renewal");
        assertFalse(renew(TWO));
        Drain drain = requireNonNull(worker(ONE).drain());
        assertEquals(List.of("a bad disk", "ops"), List.of(String.valueOf(drain.reason()), drain.by()));
        assertNull(worker(TWO).drain());
        assertTrue(WorkerTable.undrain(connection, ONE.holder()));
        assertFalse(WorkerTable.undrain(connection, ONE.holder()));
        assertFalse(renew(ONE));
        assertNull(worker(ONE).drain());
    }

    @Test
    void onceMoreChangesTheReasonAndNotTheTime() throws Exception {
        WorkerTable.drain(connection, ONE.holder(), "first", "one");
        connection.commit();
        Instant since = requireNonNull(worker(ONE).drain()).since();
        connection.commit();
        WorkerTable.drain(connection, ONE.holder(), null, "another");
        assertEquals(new Drain(since, null, "another"), worker(ONE).drain());
    }

    @Test
    void whoIsNotThereCannotBeDrained() throws Exception {
        assertFalse(WorkerTable.drain(connection, new UUID(7, 3), null, "ops"));
        StoreDatabase.run(connection, "UPDATE worker SET expires_at = now() - interval '1 s'");
        assertFalse(WorkerTable.drain(connection, ONE.holder(), null, "ops"));
        assertEquals(List.of(), WorkerTable.all(connection));
    }

    @Test
    void aWorkerThatGoesAwayTakesItsDrainWithIt() throws Exception {
        WorkerTable.drain(connection, ONE.holder(), null, "ops");
        LeaseTable.retire(connection, ONE);
        assertFalse(renew(ONE));
    }

    @Test
    void aDrainedWorkerThatWasCutOffForAWhileIsStillDrained() throws Exception {
        WorkerTable.drain(connection, ONE.holder(), null, "ops");
        StoreDatabase.run(connection, "UPDATE worker SET expires_at = now() - interval '1 hour'");
        assertEquals(1, WorkerTable.sweepGone(connection));
        assertTrue(renew(ONE));
        assertFalse(renew(TWO));
        StoreDatabase.run(connection, "UPDATE worker SET expires_at = now() - interval '25 hours'");
        assertEquals(2, WorkerTable.sweepGone(connection));
        assertFalse(renew(ONE));
    }

    @Test
    void aDrainedWorkerHasNoFreeSlots() throws Exception {
        claim(ONE, 1, 2);
        claim(TWO, 3);
        assertEquals(Map.of(Jobs.QUEUE, new Pool(12, 3, 2)), WorkerTable.pools(connection));
        WorkerTable.drain(connection, ONE.holder(), null, "ops");
        Pool pool = requireNonNull(WorkerTable.pools(connection).get(Jobs.QUEUE));
        assertEquals(new Pool(6, 3, 2), pool);
        assertEquals(3, pool.free());
    }
}
