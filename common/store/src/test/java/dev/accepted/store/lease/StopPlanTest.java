package dev.accepted.store.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Crowd;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks for stopped leases every few seconds looks for each of their jobs, and for nothing else. */
class StopPlanTest {

    private static final int STOPPED = 1_000;

    private static Connection connection;

    @BeforeAll
    static void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        Crowd.prepare(connection);
        Crowd.fill(connection);
        StoreDatabase.run(connection, """
                UPDATE lease SET cancel_requested = true, cancel_requested_at = now() - interval '1 hour',
                    ended_at = now() - interval '1 hour'
                WHERE job IN (SELECT job FROM lease ORDER BY job LIMIT %d)""".formatted(STOPPED));
        connection.commit();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @AfterEach
    void forget() throws Exception {
        connection.rollback();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void theSweepLooksForStoppedJobsByTheirKey(String hashing) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = " + hashing);
        assertLooksByKey(LeaseTable.SWEEP.replaceFirst("\\?", "600000").replaceFirst("\\?", "5000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void theReminderLooksForStoppedJobsByTheirKey(String hashing) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = " + hashing);
        assertLooksByKey(StopTable.REMIND.replaceFirst("\\?", "10000").replaceFirst("\\?", "5000"));
    }

    private static void assertLooksByKey(String sql) throws Exception {
        assertTrue(Crowd.isUnknownToThePlanner(connection));
        Plan plan = Plan.explain(connection, sql);
        assertEquals(List.of(), plan.strays("job"), plan::toString);
        assertEquals(STOPPED, plan.probes("job"), plan::toString);
    }
}
