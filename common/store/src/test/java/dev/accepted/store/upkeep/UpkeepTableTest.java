package dev.accepted.store.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.upkeep.Upkeep.Kind;
import dev.accepted.store.upkeep.Upkeep.Progress;
import dev.accepted.store.upkeep.Upkeep.Status;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One at a time, whoever does it, and whoever goes away. */
class UpkeepTableTest {

    private static final UUID ONE = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final Duration SILENCE = Duration.ofMinutes(1);

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

    private static boolean begin(Connection in, UUID id, Kind kind) throws Exception {
        return UpkeepTable.begin(in, id, kind, "preparing", "ops", "a row was changed", "7@host");
    }

    private Upkeep find(UUID id, Kind kind) throws Exception {
        return UpkeepTable.find(connection, id, kind).orElseThrow();
    }

    @Test
    void whatWasBegunIsToldWithHowItGetsOnAndHowItEnds() throws Exception {
        assertTrue(begin(connection, ONE, Kind.VERIFICATION));
        assertTrue(UpkeepTable.beat(connection, ONE, "folding", new Progress(5, 20, 2.5))
                .running());
        Upkeep running = find(ONE, Kind.VERIFICATION);
        assertEquals(Status.RUNNING, running.status());
        assertEquals("folding", running.stage());
        assertEquals(new Progress(5, 20, 2.5), running.progress());
        assertEquals("a row was changed", running.reason());
        assertNull(running.finished());
        assertEquals(Optional.of(ONE), UpkeepTable.running(connection).map(Upkeep::id));
        assertTrue(UpkeepTable.finish(connection, ONE, Status.DIFFERS, "{\"differences\":1}"));
        Upkeep ended = find(ONE, Kind.VERIFICATION);
        assertEquals(Status.DIFFERS, ended.status());
        assertEquals("{\"differences\": 1}", ended.result());
        assertNotNull(ended.finished());
        assertEquals(Optional.empty(), UpkeepTable.find(connection, ONE, Kind.REBUILD));
        assertEquals(1, UpkeepTable.last(connection, Kind.VERIFICATION, 5).size());
        assertEquals(List.of(), UpkeepTable.last(connection, Kind.REBUILD, 5));
    }

    @Test
    void thereIsOneAtATimeOfWhateverKind() throws Exception {
        assertTrue(begin(connection, ONE, Kind.VERIFICATION));
        assertFalse(begin(connection, OTHER, Kind.REBUILD));
        UpkeepTable.finish(connection, ONE, Status.SUCCEEDED, "{}");
        assertTrue(begin(connection, OTHER, Kind.REBUILD));
    }

    @Test
    void ofTwoThatBeginAtOnceOneDoes() throws Exception {
        Connection second = sessions.open();
        assertTrue(begin(connection, ONE, Kind.VERIFICATION));
        Future<Boolean> waits = sessions.start(second, in -> begin(in, OTHER, Kind.VERIFICATION));
        sessions.awaitBlocked(second);
        connection.commit();
        assertFalse(Sessions.get(waits));
    }

    @Test
    void whatIsNotHeardOfAnyMoreHasFailedAndCannotEndOtherwise() throws Exception {
        begin(connection, ONE, Kind.REBUILD);
        UpkeepTable.closeSilent(connection, SILENCE);
        assertEquals(Status.RUNNING, find(ONE, Kind.REBUILD).status());
        StoreDatabase.run(connection, "UPDATE upkeep SET heartbeat_at = heartbeat_at - interval '61 seconds'");
        UpkeepTable.closeSilent(connection, SILENCE);
        Upkeep silent = find(ONE, Kind.REBUILD);
        assertEquals(Status.FAILED, silent.status());
        assertTrue(String.valueOf(silent.result()).contains("7@host"), silent.result());
        assertFalse(UpkeepTable.beat(connection, ONE, "swapping", Progress.NONE).running());
        assertFalse(UpkeepTable.hold(connection, ONE));
        assertFalse(UpkeepTable.finish(connection, ONE, Status.SUCCEEDED, "{}"));
        assertTrue(begin(connection, OTHER, Kind.REBUILD));
    }

    @Test
    void whoDoesItHearsThatItIsToEnd() throws Exception {
        begin(connection, ONE, Kind.REBUILD);
        assertNull(UpkeepTable.beat(connection, ONE, "folding", Progress.NONE).abortedBy());
        assertFalse(UpkeepTable.abort(connection, ONE, Kind.VERIFICATION, "somebody"));
        assertTrue(UpkeepTable.abort(connection, ONE, Kind.REBUILD, "somebody"));
        assertEquals(
                "somebody",
                UpkeepTable.beat(connection, ONE, "folding", Progress.NONE).abortedBy());
        UpkeepTable.finish(connection, ONE, Status.ABORTED, "{}");
        assertFalse(UpkeepTable.abort(connection, ONE, Kind.REBUILD, "somebody"));
    }

    @Test
    void onlyTheNewestAreKept() throws Exception {
        for (int n = 0; n < 4; n++) {
            begin(connection, new UUID(3, n), Kind.VERIFICATION);
            UpkeepTable.finish(connection, new UUID(3, n), Status.SUCCEEDED, "{}");
        }
        UpkeepTable.forget(connection, 2);
        assertEquals(
                List.of(new UUID(3, 3), new UUID(3, 2)),
                UpkeepTable.last(connection, Kind.VERIFICATION, 9).stream()
                        .map(Upkeep::id)
                        .toList());
    }
}
