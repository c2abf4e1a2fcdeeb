package dev.accepted.store.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleTableTest {

    private static final Instant NOW = Instant.parse("2026-11-23T20:00:00Z");
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

    private static Schedule schedule(String name) {
        return new Schedule(
                "acme", name, "* * * * *", "UTC", "probe.noop", "{\"a\": 1.10}", null, "r", Map.of("a", "b"));
    }

    private Schedule.Key put(String name, @Nullable Instant next) throws Exception {
        ScheduleTable.put(connection, schedule(name), 7, NOW, next, null);
        return schedule(name).key();
    }

    private List<String> due(Connection by, Instant at) throws Exception {
        return ScheduleTable.lockDue(by, at, 10).stream()
                .map(row -> row.schedule().name())
                .toList();
    }

    @Test
    void whatIsPutIsFoundAsItWas() throws Exception {
        Schedule.Key key = put("a", NOW.plusSeconds(60));
        ScheduleRow row = ScheduleTable.find(connection, key).orElseThrow();
        assertEquals(new ScheduleRow(schedule("a"), 7, NOW, NOW.plusSeconds(60), null, null, null), row);
        Schedule large =
                new Schedule("acme", "large", "* * * * *", "UTC", "t", null, new DataRef("ab", 9), null, Map.of());
        ScheduleTable.put(connection, large, 8, NOW, null, "never");
        assertEquals(
                large, ScheduleTable.find(connection, large.key()).orElseThrow().schedule());
        assertEquals(2, ScheduleTable.count(connection, "acme"));
        assertEquals(0, ScheduleTable.count(connection, "other"));
        assertEquals(
                List.of("a", "large"),
                ScheduleTable.ofTenant(connection, "acme").stream()
                        .map(each -> each.schedule().name())
                        .toList());
        ScheduleTable.remove(connection, key);
        assertEquals(1, ScheduleTable.count(connection, "acme"));
    }

    @Test
    void theLongestDueComesFirstAndWhatIsNotDueNotAtAll() throws Exception {
        put("later", NOW.plusSeconds(1));
        put("second", NOW);
        put("first", NOW.minusSeconds(1));
        put("never", null);
        assertEquals(List.of("first", "second"), due(connection, NOW));
    }

    @Test
    void whatOneGatewayFiresAnotherLeavesOut() throws Exception {
        put("a", NOW);
        connection.commit();
        assertEquals(List.of("a"), due(connection, NOW));
        assertEquals(List.of(), due(sessions.open(), NOW));
    }

    @Test
    void whatIsPutOffKeepsTheTimeItIsDueFor() throws Exception {
        Schedule.Key key = put("a", NOW);
        ScheduleTable.putOff(connection, key, NOW.plusSeconds(5));
        assertEquals(List.of(), due(connection, NOW.plusSeconds(4)));
        assertEquals(List.of("a"), due(connection, NOW.plusSeconds(5)));
        assertEquals(NOW, ScheduleTable.find(connection, key).orElseThrow().nextFireAt());
    }

    @Test
    void whatBecameOfAFiringIsKeptWhenTheScheduleIsReplaced() throws Exception {
        Schedule.Key key = put("a", NOW);
        Instant next = NOW.plus(Duration.ofDays(1));
        ScheduleTable.skipped(connection, key, "why", NOW);
        assertEquals("why", ScheduleTable.find(connection, key).orElseThrow().lastError());
        ScheduleTable.fired(connection, key, NOW, "job-1", next);
        put("a", next.plusSeconds(1));
        ScheduleRow row = ScheduleTable.find(connection, key).orElseThrow();
        assertEquals("job-1", row.lastJobId());
        assertEquals(NOW, row.lastFiredAt());
        assertNull(row.lastError());
        ScheduleTable.move(connection, key, NOW);
        assertEquals(List.of("a"), due(connection, NOW));
    }

    @Test
    void onlyOneGatewayFoldsAtATime() throws Exception {
        ScheduleTable.lockView(connection);
        Connection other = sessions.open();
        var waits = sessions.start(other, session -> {
            ScheduleTable.lockView(session);
            return true;
        });
        sessions.awaitBlocked(other);
        connection.commit();
        assertEquals(true, Sessions.get(waits));
    }
}
