package dev.accepted.store.barred;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is barred, and since when. */
class BarTableTest {

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
    void whoIsBarredIsTold() throws Exception {
        BarTable.put(connection, Bar.Kind.TOKEN, "a", null);
        BarTable.put(connection, Bar.Kind.TENANT, "a", "does not pay");
        List<Bar> all = BarTable.all(connection);
        assertEquals(
                List.of("tenant", "token"),
                all.stream().map(bar -> bar.kind().word()).toList());
        assertEquals("does not pay", all.get(0).reason());
    }

    @Test
    void onceMoreMovesTheTime() throws Exception {
        BarTable.put(connection, Bar.Kind.SUBJECT, "a", "first");
        Bar first = BarTable.all(connection).get(0);
        BarTable.put(connection, Bar.Kind.SUBJECT, "a", "second");
        List<Bar> all = BarTable.all(connection);
        assertEquals(1, all.size());
        assertEquals("second", all.get(0).reason());
        assertTrue(all.get(0).since().isAfter(first.since()));
    }

    @Test
    void whoIsLetInAgainIsNotThere() throws Exception {
        BarTable.put(connection, Bar.Kind.TENANT, "a", null);
        assertFalse(BarTable.delete(connection, Bar.Kind.SUBJECT, "a"));
        assertTrue(BarTable.delete(connection, Bar.Kind.TENANT, "a"));
        assertEquals(List.of(), BarTable.all(connection));
    }

    @Test
    void aNameThatIsEmptyIsNobodys() {
        assertThrows(SQLException.class, () -> BarTable.put(connection, Bar.Kind.TENANT, "", null));
    }
}
