package dev.accepted.store.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Crowd;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.Plan.Argument;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable.Held;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claiming, renewing and ending stay on primary keys, whatever the planner knows of the tables. */
class LeasePlanTest {

    private static final int BATCH = 500;
    private static final UUID HOLDER = new UUID(7, 1);
    private static final String[] STATEMENTS = {LeaseTable.CLAIM, LeaseTable.RENEW, LeaseTable.END};
    private static final List<String> NAMES = List.of("claim", "renew", "end_of");

    private static Connection connection;
    private static List<LeasedCommand> batch;
    private static List<Held> held;

    @BeforeAll
    static void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        Crowd.prepare(connection);
        batch = Crowd.some(BATCH).stream().map(id -> Jobs.command(id, 2)).toList();
        held = batch.stream().map(c -> new Held(c.job(), 1)).toList();
        StoreDatabase.run(connection, "SET plan_cache_mode = force_generic_plan");
        for (int n = 0; n < STATEMENTS.length; n++) {
            Plan.prepare(connection, "early_" + NAMES.get(n), STATEMENTS[n], arguments(NAMES.get(n)));
            Plan.run(connection, "early_" + NAMES.get(n), arguments(NAMES.get(n)));
        }
        connection.rollback();
        Crowd.fill(connection);
        for (int n = 0; n < STATEMENTS.length; n++) {
            Plan.prepare(connection, "late_" + NAMES.get(n), STATEMENTS[n], arguments(NAMES.get(n)));
        }
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
    @ValueSource(strings = {"auto", "force_custom_plan", "force_generic_plan"})
    void aClaimLooksForEachJobOnce(String mode) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = " + mode);
        assertClaimsByKey(Plan.run(connection, "late_claim", arguments("claim")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_custom_plan", "force_generic_plan"})
    void renewingAndEndingStayOnThePrimaryKey(String mode) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = " + mode);
        assertRenewsByKey(Plan.run(connection, "late_renew", arguments("renew")));
        assertLocksByKey(Plan.run(connection, "late_end_of", arguments("end_of")));
    }

    @Test
    void plansMadeOnEmptyTablesAreGoodOnFullOnes() throws Exception {
        assertClaimsByKey(Plan.run(connection, "early_claim", arguments("claim")));
        assertRenewsByKey(Plan.run(connection, "early_renew", arguments("renew")));
        assertLocksByKey(Plan.run(connection, "early_end_of", arguments("end_of")));
    }

    @Test
    void theSessionsSettingsAreNotNeeded() throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = force_custom_plan");
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = on");
        StoreDatabase.run(connection, "SET LOCAL enable_mergejoin = on");
        assertClaimsByKey(Plan.run(connection, "late_claim", arguments("claim")));
        assertRenewsByKey(Plan.run(connection, "late_renew", arguments("renew")));
        assertLocksByKey(Plan.run(connection, "late_end_of", arguments("end_of")));
    }

    /** These tests can fail: without the key there is nothing to stay on. */
    @Test
    void withoutTheKeyThePlanGoesAstray() throws Exception {
        StoreDatabase.run(connection, "ALTER TABLE lease DROP CONSTRAINT lease_pkey");
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = on");
        String join = "SELECT lease.job FROM unnest(?, ?) AS b(id, attempt) JOIN lease ON lease.job = b.id";
        Plan.prepare(connection, "plain", join, arguments("end_of"));
        Plan plan = Plan.run(connection, "plain", arguments("end_of"));
        assertFalse(plan.strays("lease").isEmpty(), plan::toString);
    }

    private static void assertClaimsByKey(Plan plan) throws Exception {
        assertTrue(Crowd.isUnknownToThePlanner(connection));
        assertEquals(List.of(), plan.strays("job"), plan::toString);
        assertEquals(BATCH, plan.probes("job"), plan::toString);
    }

    private static void assertRenewsByKey(Plan plan) throws Exception {
        assertLocksByKey(plan);
        assertEquals(List.of(), plan.strays("paused_queue"), plan::toString);
        assertEquals(1, plan.probes("paused_queue"), plan::toString);
    }

    private static void assertLocksByKey(Plan plan) throws Exception {
        assertTrue(Crowd.isUnknownToThePlanner(connection));
        assertEquals(List.of(), plan.strays("lease"), plan::toString);
        assertEquals(BATCH, plan.probes("lease"), plan::toString);
    }

    private static List<Argument> arguments(String statement) throws Exception {
        List<Argument> arguments = new ArrayList<>();
        switch (statement) {
            case "claim" -> {
                arguments.add(Argument.of("uuid", HOLDER));
                arguments.add(Argument.of("text", "probe-1"));
                arguments.add(Argument.of("bigint", 60_000));
                arguments.addAll(Argument.of(connection, LeaseTable.CLAIMED, batch));
            }
            case "renew" -> {
                arguments.add(Argument.of("uuid", HOLDER));
                arguments.add(Argument.of("text", "probe-1"));
                arguments.add(Argument.of("text", Jobs.QUEUE));
                arguments.add(Argument.of("int", 8));
                arguments.add(Argument.of("bigint", 60_000));
                arguments.addAll(Argument.of(connection, LeaseTable.HELD, held));
                arguments.add(Argument.of("uuid", HOLDER));
                arguments.add(Argument.of("bigint", 60_000));
                arguments.add(Argument.of("text", Jobs.QUEUE));
            }
            default -> arguments.addAll(Argument.of(connection, LeaseTable.HELD, held));
        }
        return arguments;
    }
}
