package dev.accepted.store.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits that are set, and who hears of them. */
class LimitTableTest {

    private static final Limit TENANT = new Limit(Kind.TENANT, "acme");

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
    void whatIsSetIsToldByKindAndName() throws Exception {
        assertTrue(LimitTable.put(connection, new Limit(Kind.TYPE, "a"), 3, null));
        assertTrue(LimitTable.put(connection, TENANT, 0, "does not pay"));
        List<ConcurrencyLimit> all = LimitTable.all(connection);
        assertEquals(
                List.of("tenant/acme", "type/a"),
                all.stream().map(set -> set.limit().text()).toList());
        assertEquals("does not pay", all.get(0).reason());
        assertEquals(List.of(0, 3), all.stream().map(ConcurrencyLimit::most).toList());
    }

    @Test
    void onceMoreChangesIt() throws Exception {
        LimitTable.put(connection, TENANT, 3, "first");
        ConcurrencyLimit first = LimitTable.all(connection).get(0);
        assertFalse(LimitTable.put(connection, TENANT, 4, null), "it is not new");
        ConcurrencyLimit second = LimitTable.all(connection).get(0);
        assertEquals(4, second.most());
        assertEquals(null, second.reason());
        assertTrue(second.since().isAfter(first.since()));
    }

    @Test
    void whatIsTakenAwayIsNotThere() throws Exception {
        LimitTable.put(connection, TENANT, 3, null);
        assertFalse(LimitTable.delete(connection, new Limit(Kind.QUEUE, "acme")));
        assertTrue(LimitTable.delete(connection, TENANT));
        assertEquals(List.of(), LimitTable.all(connection));
    }

    @Test
    void aWorkerHearsOfThemWithItsRenewal() throws Exception {
        assertEquals(Set.of(), heard());
        LimitTable.put(connection, TENANT, 3, null);
        Limit queue = new Limit(Kind.QUEUE, "a/b");
        LimitTable.put(connection, queue, 3, null);
        assertEquals(Set.of(TENANT, queue), heard());
    }

    private Set<Limit> heard() throws Exception {
        LeaseTable.Holder worker = new LeaseTable.Holder(new UUID(1, 1), "probe-1", "probe", 4);
        return LeaseTable.renew(connection, worker, Duration.ofMinutes(1), List.of())
                .limits();
    }
}
