package dev.accepted.store.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.reference.ReferenceTable.Current;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names and the versions of their content. */
class ReferenceTableTest {

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

    @Test
    void aNewNameBeginsWithVersionOne() throws Exception {
        Current made = put(connection, "acme", "aa");
        assertTrue(made.created());
        assertEquals(1, made.version());
        assertEquals("aa", made.digest());
        assertEquals(3, made.entries());
        assertEquals(List.of("e-mail", "größe"), made.columns());
    }

    @Test
    void theVersionRisesWithNewContentOnly() throws Exception {
        Current made = put(connection, "acme", "aa");
        connection.commit();
        Current again = put(connection, "acme", "aa");
        connection.commit();
        assertFalse(again.created());
        assertEquals(1, again.version());
        assertEquals(made.updatedAt(), again.updatedAt());
        Current changed = put(connection, "acme", "bb");
        assertEquals(2, changed.version());
        assertTrue(changed.updatedAt().isAfter(made.updatedAt()));
        assertEquals(3, put(connection, "acme", "aa").version());
    }

    @Test
    void whatWasPutIsFound() throws Exception {
        Current made = put(connection, "acme", "aa");
        Current expected = new Current(1, "aa", 3, made.columns(), made.updatedAt(), false);
        assertEquals(Optional.of(expected), ReferenceTable.find(connection, "acme", "lists", "all"));
        assertEquals(Optional.empty(), ReferenceTable.find(connection, "acme", "lists", "none"));
        assertEquals(Optional.empty(), ReferenceTable.find(connection, "acme", "ledgers", "all"));
    }

    @Test
    void tenantsAreApart() throws Exception {
        put(connection, "acme", "aa");
        put(connection, "acme", "bb");
        assertEquals(Optional.empty(), ReferenceTable.find(connection, "other", "lists", "all"));
        Current theirs = put(connection, "other", "cc");
        assertTrue(theirs.created());
        assertEquals(1, theirs.version());
        assertEquals(
                Optional.of("bb"),
                ReferenceTable.find(connection, "acme", "lists", "all").map(Current::digest));
    }

    @Test
    void ofTwoWhoPutAtOnceOneMakesTheNameAndTheOtherItsNextVersion() throws Exception {
        put(connection, "acme", "aa");
        Connection other = sessions.open();
        Future<Current> second = sessions.start(other, c -> put(c, "acme", "bb"));
        sessions.awaitBlocked(other);
        connection.commit();
        assertEquals(2, Sessions.get(second).version());
        assertFalse(Sessions.get(second).created());
    }

    @Test
    void whoLocksANameSeesWhatTheOtherWhoDidHasMadeOfIt() throws Exception {
        assertEquals(Optional.empty(), ReferenceTable.lock(connection, "acme", "lists", "all"));
        Connection other = sessions.open();
        Future<Optional<Current>> second = sessions.start(other, c -> ReferenceTable.lock(c, "acme", "lists", "all"));
        sessions.awaitBlocked(other);
        put(connection, "acme", "aa");
        connection.commit();
        assertEquals(Optional.of(1), Sessions.get(second).map(Current::version));
    }

    @Test
    void contentWithoutColumnsIsPossible() throws Exception {
        assertEquals(
                List.of(),
                ReferenceTable.put(connection, "acme", "lists", "bare", "aa", 0, List.of())
                        .columns());
    }

    private static Current put(Connection connection, String tenant, String digest) throws Exception {
        return ReferenceTable.put(connection, tenant, "lists", "all", digest, 3, List.of("e-mail", "größe"));
    }
}
