package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.JobState;
import dev.accepted.store.batch.Column;
import dev.accepted.store.fixture.Crowd;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.Plan.Argument;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch looks for each of its jobs once, in one partition, by its key, whatever the planner knows of the table. */
class JobPlanTest {

    private static final int BATCH = 500;
    private static final List<Column<UUID>> IDS = List.of(Column.uuid(id -> id));

    private static Connection connection;
    private static List<JobState> states;
    private static List<UUID> ids;

    @BeforeAll
    static void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        Crowd.prepare(connection);
        states = Crowd.some(BATCH).stream().map(Jobs::queued).toList();
        ids = states.stream().map(s -> s.id().uuid()).toList();
        // A plan is kept for as long as its session: this one is of the day when the table was empty.
        StoreDatabase.run(connection, "SET plan_cache_mode = force_generic_plan");
        Plan.prepare(connection, "early_lock", JobTable.LOCK, lock());
        Plan.prepare(connection, "early_update", JobTable.UPDATE, update());
        Plan.run(connection, "early_lock", lock());
        Plan.run(connection, "early_update", update());
        connection.rollback();
        Crowd.fill(connection);
        Plan.prepare(connection, "late_lock", JobTable.LOCK, lock());
        Plan.prepare(connection, "late_update", JobTable.UPDATE, update());
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
    void lockingStaysOnThePrimaryKey(String mode) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = " + mode);
        assertOneProbeEach(Plan.run(connection, "late_lock", lock()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_custom_plan", "force_generic_plan"})
    void updatingStaysOnThePrimaryKey(String mode) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = " + mode);
        assertNoProbe(Plan.run(connection, "late_update", update()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"early_lock", "early_update"})
    void aPlanMadeOnTheEmptyTableIsGoodOnTheFullOne(String name) throws Exception {
        if (name.endsWith("lock")) {
            assertOneProbeEach(Plan.run(connection, name, lock()));
        } else {
            assertNoProbe(Plan.run(connection, name, update()));
        }
    }

    @Test
    void aPointReadLooksIntoOnePartition() throws Exception {
        Plan plan = Plan.explain(connection, "SELECT * FROM job WHERE id = '" + ids.get(0) + "'");
        assertEquals(1, plan.scans("job"), plan::toString);
        assertOneProbe(plan, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"late_lock", "late_update"})
    void theSessionsSettingsAreNotNeeded(String name) throws Exception {
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = force_custom_plan");
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = on");
        StoreDatabase.run(connection, "SET LOCAL enable_mergejoin = on");
        if (name.endsWith("lock")) {
            assertOneProbeEach(Plan.run(connection, name, lock()));
        } else {
            assertNoProbe(Plan.run(connection, name, update()));
        }
    }

    /** These tests can fail: a plain join does. */
    @Test
    void aPlainJoinGoesAstray() throws Exception {
        String join = "SELECT job.* FROM (SELECT unnest(?::uuid[]) AS wanted) w JOIN job ON job.id = w.wanted";
        Plan.prepare(connection, "plain", join, lock());
        StoreDatabase.run(connection, "SET LOCAL plan_cache_mode = force_custom_plan");
        StoreDatabase.run(connection, "SET LOCAL enable_hashjoin = on; SET LOCAL enable_nestloop = off");
        Plan plan = Plan.run(connection, "plain", lock());
        assertFalse(plan.strays("job").isEmpty(), plan::toString);
    }

    /** These tests can fail: without the key there is nothing to stay on. */
    @Test
    void withoutTheKeyThePlanGoesAstray() throws Exception {
        StoreDatabase.run(connection, "ALTER TABLE job DROP CONSTRAINT job_pkey");
        Plan plan = Plan.explain(connection, "SELECT * FROM job WHERE id = '" + ids.get(0) + "'");
        assertFalse(plan.strays("job").isEmpty(), plan::toString);
    }

    private static void assertOneProbeEach(Plan plan) throws Exception {
        assertTrue(Crowd.isUnknownToThePlanner(connection));
        assertOneProbe(plan, BATCH);
    }

    /** Rows are found as conflicts with the primary key. */
    private static void assertNoProbe(Plan plan) throws Exception {
        assertTrue(Crowd.isUnknownToThePlanner(connection));
        assertEquals(0, plan.scans("job"), plan::toString);
        assertEquals(BATCH, plan.conflicts(), plan::toString);
    }

    private static void assertOneProbe(Plan plan, int rows) {
        assertEquals(List.of(), plan.strays("job"), plan::toString);
        assertEquals(rows, plan.probes("job"), plan::toString);
    }

    private static List<Argument> lock() throws Exception {
        return Argument.of(connection, IDS, ids);
    }

    private static List<Argument> update() throws Exception {
        return Argument.of(connection, JobRow.COLUMNS, states);
    }
}
