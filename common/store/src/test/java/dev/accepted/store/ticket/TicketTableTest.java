package dev.accepted.store.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TicketTableTest {

    private static StoreDatabase database;

    private final UUID nonce = UUID.randomUUID();
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
    void aTicketIsUsedOnce() throws Exception {
        assertTrue(TicketTable.use(connection, nonce, Instant.now()));
        connection.commit();
        assertFalse(TicketTable.use(sessions.open(), nonce, Instant.now()));
        assertTrue(TicketTable.use(connection, UUID.randomUUID(), Instant.now()));
    }

    @Test
    void ofTwoThatUseItAtOnceOneDoes() throws Exception {
        assertTrue(TicketTable.use(connection, nonce, Instant.now()));
        Connection other = sessions.open();
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> {
            try {
                return TicketTable.use(other, nonce, Instant.now());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        connection.commit();
        assertFalse(second.get(20, TimeUnit.SECONDS));
    }

    @Test
    void aTicketIsForgottenWhenNoClockTakesItForGoodAnyMore() throws Exception {
        TicketTable.use(connection, nonce, Instant.now().minus(Duration.ofMinutes(10)));
        TicketTable.use(connection, UUID.randomUUID(), Instant.now().minus(Duration.ofMinutes(20)));
        assertEquals(1, TicketTable.forgetExpired(connection));
        assertFalse(TicketTable.use(connection, nonce, Instant.now()));
    }
}
