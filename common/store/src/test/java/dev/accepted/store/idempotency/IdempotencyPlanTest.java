package dev.accepted.store.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.batch.Column;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.Plan.Argument;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A batch of keys is looked for by the primary key, and nothing else is read, in a large table without statistics. */
class IdempotencyPlanTest {

    private static final int ROWS = 100_000;
    private static final int BATCH = 200;
    private static final Argument AGE = Argument.of("int8", 10_000);

    private static Connection connection;

    @BeforeAll
    static void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        StoreDatabase.run(connection, "ALTER TABLE idempotency_key SET (autovacuum_enabled = false)");
        StoreDatabase.run(connection, """
                INSERT INTO idempotency_key (tenant, route, key, fingerprint, job_id, state, command)
                SELECT 'acme', '/jobs', 'key-' || n, sha256('k'), 'job-' || n, 'reserved', '{}'
                FROM generate_series(1, %d) AS s(n)""".formatted(ROWS));
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

    private static ScopedKey key(int n) {
        return new ScopedKey("acme", "/jobs", "key-" + n * 400);
    }

    private static <T> List<Argument> arguments(List<Column<T>> columns, java.util.function.IntFunction<T> row)
            throws Exception {
        return new ArrayList<>(Argument.of(
                connection,
                columns,
                IntStream.rangeClosed(1, BATCH).mapToObj(row).toList()));
    }

    private static void assertLooksByKey(String sql, List<Argument> arguments) throws Exception {
        String name = "plan" + System.nanoTime();
        Plan.prepare(connection, name, sql, arguments);
        Plan plan = Plan.run(connection, name, arguments);
        assertEquals(List.of(), plan.strays("idempotency_key"), plan::toString);
        assertTrue(plan.probes("idempotency_key") <= BATCH, plan::toString);
    }

    @Test
    void keysAreReserved() throws Exception {
        List<Argument> arguments =
                arguments(IdempotencyTable.RESERVED, n -> new Reservation(key(n), "ab".repeat(32), "job-new", "{}"));
        arguments.addAll(List.of(AGE, AGE));
        assertLooksByKey(IdempotencyTable.RESERVE, arguments);
    }

    @Test
    void keysAreFound() throws Exception {
        List<Argument> arguments = arguments(IdempotencyTable.KEYS, IdempotencyPlanTest::key);
        arguments.add(0, AGE);
        assertLooksByKey(IdempotencyTable.FIND, arguments);
    }

    @Test
    void keysAreAcknowledged() throws Exception {
        assertLooksByKey(
                IdempotencyTable.ACKNOWLEDGE,
                arguments(IdempotencyTable.ANSWERED, n -> new Acknowledged(key(n), "job-" + n * 400, "{}")));
    }

    @Test
    void keysAreGivenUp() throws Exception {
        List<Argument> holds = arguments(IdempotencyTable.HELD, n -> new Hold(key(n), "job-" + n * 400, 1));
        assertLooksByKey(IdempotencyTable.LEAVE, holds);
        assertLooksByKey(IdempotencyTable.RELEASE, holds);
    }
}
