package dev.accepted.store.dead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which dead records are settled, and how. */
class SettledDeadTableTest {

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
    void whatWasDroppedAndWhatWasSentIsTold() throws Exception {
        assertTrue(SettledDeadTable.drop(connection, 7, "nonsense", "ops"));
        assertTrue(SettledDeadTable.drop(connection, 9, null, "ops"));
        SettledDeadTable.sent(connection, 9, "jobs.events/1/5");
        Settlement dropped = SettledDeadTable.of(connection, 7).orElseThrow();
        assertEquals("dropped", dropped.outcome());
        assertEquals("nonsense", dropped.reason());
        Settlement sent = SettledDeadTable.of(connection, 9).orElseThrow();
        assertEquals("sent", sent.outcome());
        assertEquals("jobs.events/1/5", sent.sentTo());
        assertEquals(Optional.empty(), SettledDeadTable.of(connection, 8));
        assertEquals(Set.of(7L), SettledDeadTable.between(connection, 0, 9).keySet());
        assertEquals(2, SettledDeadTable.count(connection, 0, 10));
        assertEquals(1, SettledDeadTable.count(connection, 8, 10));
    }

    @Test
    void aRecordIsSettledOnce() throws Exception {
        assertTrue(SettledDeadTable.drop(connection, 7, "first", "one"));
        assertFalse(SettledDeadTable.drop(connection, 7, "second", "another"));
        assertEquals("first", SettledDeadTable.of(connection, 7).orElseThrow().reason());
    }
}
