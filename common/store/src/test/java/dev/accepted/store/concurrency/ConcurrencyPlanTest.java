package dev.accepted.store.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.accepted.store.fixture.Crowd;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.Plan.Argument;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked at each limited claim, and at each look, does not read what has ended nor what waits for its time. */
class ConcurrencyPlanTest {

    private static final String TIMERS = """
            INSERT INTO timer (job, job_id, attempt, due_at, command_topic, command_partition, command_offset,
                held_tenant, held_queue, held_type)
            SELECT gen_random_uuid(), 'job-' || n, 2, now() - n * interval '1 second', 'jobs.commands.probe', 0, n,
                CASE WHEN n %% 2 = 0 THEN 'tenant-' || n %% 20 END, CASE WHEN n %% 2 = 0 THEN 'probe' END,
                CASE WHEN n %% 2 = 0 THEN 'probe.noop' END
            FROM generate_series(1, %d) AS s(n)""";

    private static Connection connection;

    @BeforeAll
    static void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        Crowd.prepare(connection);
        Crowd.fill(connection);
        // All but a few have ended.
        StoreDatabase.run(connection, "UPDATE lease SET ended_at = now() WHERE job_id NOT LIKE 'job-1_'");
        StoreDatabase.run(connection, TIMERS.formatted(Crowd.ROWS));
        connection.commit();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    private static void assertNotReadThrough(Plan plan, String table) {
        assertEquals(
                List.of(),
                plan.strays(table).stream()
                        .filter(stray -> stray.startsWith("Seq Scan"))
                        .toList(),
                plan::toString);
    }

    @Test
    void whatRunsIsCountedInTheIndexOfWhatRuns() throws Exception {
        Plan plan = Plan.explain(connection, LimitTable.RUNNING);
        assertNotReadThrough(plan, "lease");
        assertFalse(plan.strays("lease").isEmpty(), plan::toString);
    }

    @Test
    void theGroupsThatWaitAreFoundByOneLookForEach() throws Exception {
        Plan plan = Plan.explain(connection, HeldTimers.GROUPS);
        assertNotReadThrough(plan, "timer");
        assertEquals(11, plan.probes("timer"), plan::toString);
        assertEquals(10, HeldTimers.groups(connection).size());
    }

    @Test
    void theOldestOfAGroupAreFoundByIndex() throws Exception {
        List<Argument> arguments = List.of(
                Argument.of("text[]", "{tenant-2,tenant-4}"),
                Argument.of("text[]", "{probe,probe}"),
                Argument.of("text[]", "{probe.noop,probe.noop}"),
                Argument.of("int[]", "{10,20}"));
        Plan.prepare(connection, "oldest", HeldTimers.OLDEST, arguments);
        Plan plan = Plan.run(connection, "oldest", arguments);
        assertNotReadThrough(plan, "timer");
        assertEquals(2, plan.probes("timer"), plan::toString);
    }

    @Test
    void whoWaitsIsFoundByIndex() throws Exception {
        List<Argument> arguments = List.of(
                Argument.of("text[]", "{tenant-2,tenant-x}"),
                Argument.of("text[]", "{probe,probe}"),
                Argument.of("text[]", "{probe.noop,probe.noop}"));
        Plan.prepare(connection, "waiting", HeldTimers.WAITING, arguments);
        assertNotReadThrough(Plan.run(connection, "waiting", arguments), "timer");
    }
}
