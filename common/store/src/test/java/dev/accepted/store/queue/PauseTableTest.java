package dev.accepted.store.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which queues are paused, and since when. */
class PauseTableTest {

    private Sessions sessions;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        sessions = new Sessions(StoreDatabase.fresh());
        connection = sessions.open();
    }

    @AfterEach
    void close() throws Exception {
        sessions.close();
    }

    @Test
    void whatIsPausedIsTold() throws Exception {
        PauseTable.put(connection, "reports", "the printer burns", "ops");
        PauseTable.put(connection, "email", null, "ops");
        List<Pause> all = PauseTable.all(connection);
        assertEquals(List.of("email", "reports"), all.stream().map(Pause::queue).toList());
        assertEquals("the printer burns", all.get(1).reason());
        assertEquals("ops", all.get(1).by());
    }

    @Test
    void onceMoreChangesTheReasonAndNotTheTime() throws Exception {
        PauseTable.put(connection, "email", "first", "one");
        Pause first = PauseTable.all(connection).get(0);
        PauseTable.put(connection, "email", "second", "another");
        Pause second = PauseTable.all(connection).get(0);
        assertEquals(first.since(), second.since());
        assertEquals("second", second.reason());
        assertEquals("another", second.by());
    }

    @Test
    void whatGoesOnIsNotThere() throws Exception {
        PauseTable.put(connection, "email", null, "ops");
        assertFalse(PauseTable.delete(connection, "reports"));
        assertTrue(PauseTable.delete(connection, "email"));
        assertFalse(PauseTable.delete(connection, "email"));
        assertEquals(List.of(), PauseTable.all(connection));
    }
}
