package dev.accepted.store.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.idempotency.KeyRow.Standing;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTableTest {

    private static final Duration ABANDONED = Duration.ofSeconds(10);
    private static final String PRINT = "ab".repeat(32);
    private static final String OTHER_PRINT = "cd".repeat(32);
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

    private static ScopedKey key(String key) {
        return new ScopedKey("acme", "/jobs", key);
    }

    private static Reservation reservation(String key, String job) {
        return new Reservation(key(key), PRINT, job, "command of " + job);
    }

    private KeyRow reserve(Connection by, Reservation reservation) throws Exception {
        Map<ScopedKey, KeyRow> rows = IdempotencyTable.reserve(by, List.of(reservation), ABANDONED);
        by.commit();
        return Objects.requireNonNull(rows.get(reservation.key()));
    }

    private KeyRow reserve(String key, String job) throws Exception {
        return reserve(connection, reservation(key, job));
    }

    private static Hold hold(KeyRow row) {
        return new Hold(row.key(), row.jobId(), row.turn());
    }

    private void age(String column, Duration age) throws Exception {
        StoreDatabase.run(
                connection,
                "UPDATE idempotency_key SET %s = now() - interval '%d ms'".formatted(column, age.toMillis()));
        connection.commit();
    }

    @Test
    void theFirstToAskHasTheKeyAndTheOthersAreToldSo() throws Exception {
        KeyRow first = reserve("a", "job-1");
        assertEquals(new KeyRow(key("a"), PRINT, "job-1", Standing.TAKEN, 1, "command of job-1", null), first);
        KeyRow second = reserve("a", "job-2");
        assertEquals(new KeyRow(key("a"), PRINT, "job-1", Standing.HELD, 1, "command of job-1", null), second);
    }

    @Test
    void aKeyOfAnotherTenantOrRouteIsAnotherOne() throws Exception {
        for (ScopedKey scoped : List.of(
                key("a"), new ScopedKey("evil", "/jobs", "a"), new ScopedKey("acme", "/reports/generate", "a"))) {
            Reservation reservation = new Reservation(scoped, PRINT, "job-1", "c");
            assertEquals(Standing.TAKEN, reserve(connection, reservation).standing());
        }
    }

    @Test
    void manyKeysAreReservedByOneStatement() throws Exception {
        reserve("2", "job-0");
        List<Reservation> many = IntStream.range(0, 1_000)
                .mapToObj(n -> reservation("" + n, "job-" + n))
                .toList();
        Map<ScopedKey, KeyRow> rows = IdempotencyTable.reserve(connection, many, ABANDONED);
        assertEquals(1_000, rows.size());
        assertEquals(
                Map.of(Standing.TAKEN, 999L, Standing.HELD, 1L),
                rows.values().stream()
                        .collect(java.util.stream.Collectors.groupingBy(
                                KeyRow::standing, java.util.stream.Collectors.counting())));
    }

    @Test
    void ofTwoSessionsThatReserveAtOnceOneGetsTheKey() throws Exception {
        IdempotencyTable.reserve(connection, List.of(reservation("a", "job-1")), ABANDONED);
        Connection other = sessions.open();
        Future<Map<ScopedKey, KeyRow>> waits = sessions.start(other, session -> {
            Map<ScopedKey, KeyRow> rows =
                    IdempotencyTable.reserve(session, List.of(reservation("a", "job-2")), ABANDONED);
            session.commit();
            return rows;
        });
        sessions.awaitBlocked(other);
        connection.commit();
        // The statement began before the row was there, so it does not see it; it has not taken it either.
        assertEquals(Map.of(), Sessions.get(waits));
        KeyRow row = reserve(other, reservation("a", "job-2"));
        assertEquals("job-1", row.jobId());
        assertEquals(Standing.HELD, row.standing());
    }

    @Test
    void anAcknowledgedKeyKeepsItsFirstAnswer() throws Exception {
        reserve("a", "job-1");
        Acknowledged told = new Acknowledged(key("a"), "job-1", "first");
        assertEquals(Map.of(key("a"), "first"), IdempotencyTable.acknowledge(connection, List.of(told)));
        Acknowledged again = new Acknowledged(key("a"), "job-1", "second");
        assertEquals(Map.of(key("a"), "first"), IdempotencyTable.acknowledge(connection, List.of(again)));
        Acknowledged stranger = new Acknowledged(key("a"), "job-9", "third");
        assertEquals(Map.of(), IdempotencyTable.acknowledge(connection, List.of(stranger)));
        connection.commit();
        age("taken_at", Duration.ofDays(1));
        KeyRow row = reserve("a", "job-2");
        assertEquals(new KeyRow(key("a"), PRINT, "job-1", Standing.ACKED, 1, null, "first"), row);
    }

    @Test
    void anAbandonedKeyIsTakenOverWithItsCommandByTheSameRequestAlone() throws Exception {
        reserve("a", "job-1");
        age("taken_at", ABANDONED.plusSeconds(1));
        Reservation other = new Reservation(key("a"), OTHER_PRINT, "job-2", "c");
        assertEquals(Standing.LEFT, reserve(connection, other).standing());
        assertEquals(
                Standing.LEFT,
                Objects.requireNonNull(IdempotencyTable.find(connection, List.of(key("a")), ABANDONED)
                                .get(key("a")))
                        .standing());
        KeyRow taken = reserve("a", "job-3");
        assertEquals(new KeyRow(key("a"), PRINT, "job-1", Standing.TAKEN, 2, "command of job-1", null), taken);
        assertEquals(Standing.HELD, reserve("a", "job-4").standing());
    }

    @Test
    void aKeyThatWasLeftIsTakenOverAtOnce() throws Exception {
        KeyRow first = reserve("a", "job-1");
        IdempotencyTable.leave(connection, List.of(hold(first)));
        connection.commit();
        assertEquals(2, reserve("a", "job-2").turn());
        // The first one's hold is worth nothing any more.
        IdempotencyTable.leave(connection, List.of(hold(first)));
        assertEquals(Standing.HELD, reserve("a", "job-3").standing());
    }

    @Test
    void aReleasedKeyIsFreeUnlessSomebodyHasTakenItOver() throws Exception {
        KeyRow first = reserve("a", "job-1");
        IdempotencyTable.release(connection, List.of(hold(first)));
        connection.commit();
        KeyRow second = reserve("a", "job-2");
        assertEquals("job-2", second.jobId());
        IdempotencyTable.leave(connection, List.of(hold(second)));
        connection.commit();
        reserve("a", "job-3");
        IdempotencyTable.release(connection, List.of(hold(second)));
        assertEquals("job-2", reserve("a", "job-4").jobId());
    }

    @Test
    void whatWasAcknowledgedIsNeitherReleasedNorLeft() throws Exception {
        KeyRow row = reserve("a", "job-1");
        IdempotencyTable.doNotWaitForDisk(connection);
        IdempotencyTable.acknowledge(connection, List.of(new Acknowledged(key("a"), "job-1", "told")));
        IdempotencyTable.release(connection, List.of(hold(row)));
        IdempotencyTable.leave(connection, List.of(hold(row)));
        connection.commit();
        assertEquals(Standing.ACKED, reserve("a", "job-2").standing());
    }

    @Test
    void whatIsFoundIsNotTaken() throws Exception {
        assertEquals(Map.of(), IdempotencyTable.find(connection, List.of(key("a")), ABANDONED));
        reserve("a", "job-1");
        KeyRow found = Objects.requireNonNull(IdempotencyTable.find(connection, List.of(key("a"), key("b")), ABANDONED)
                .get(key("a")));
        assertEquals(Standing.HELD, found.standing());
        assertNull(found.answer());
    }

    @Test
    void keysExpireByTheirAgeSomeAtATime() throws Exception {
        for (int n = 0; n < 5; n++) {
            reserve("old" + n, "job-" + n);
        }
        age("reserved_at", Duration.ofHours(25));
        reserve("young", "job-9");
        List<Integer> removed = Stream.of(3, 3, 3)
                .map(most -> {
                    try {
                        return IdempotencyTable.expire(connection, Duration.ofHours(24), most);
                    } catch (java.sql.SQLException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
        assertEquals(List.of(3, 2, 0), removed);
        assertTrue(IdempotencyTable.find(connection, List.of(key("young")), ABANDONED)
                .containsKey(key("young")));
    }

    @Test
    void twoSessionsExpireWithoutWaitingForEachOther() throws Exception {
        for (int n = 0; n < 4; n++) {
            reserve("old" + n, "job-" + n);
        }
        age("reserved_at", Duration.ofHours(25));
        Connection other = sessions.open();
        assertEquals(2, IdempotencyTable.expire(connection, Duration.ofHours(24), 2));
        assertEquals(2, IdempotencyTable.expire(other, Duration.ofHours(24), 10));
    }
}
