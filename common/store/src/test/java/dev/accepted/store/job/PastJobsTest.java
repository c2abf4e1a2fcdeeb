package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Sessions;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.timer.TimerTable;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PastJobsTest {

    private static final Instant HORIZON = Instant.parse("2026-11-01T00:00:00Z");
    private static final UUID LOWEST = UuidV7.lowest(HORIZON);

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

    private void waiting(Instant accepted, int n) throws Exception {
        JobState job = Jobs.scheduled(Jobs.id(accepted, n), HORIZON);
        JobTable.insert(connection, List.of(job));
        TimerTable.settle(connection, List.of(job));
        StoreDatabase.run(
                connection,
                "INSERT INTO lease (job, job_id, tenant, type, queue, attempt, holder, worker, command_topic,"
                        + " command_partition, command_offset, expires_at) VALUES ('"
                        + job.id().uuid() + "', 'x', 't', 't', 'q', 1, '" + LOWEST + "', 'w', 'x', 0, 0, now())");
        StoreDatabase.run(
                connection,
                "INSERT INTO batch (id, tenant, accepted, rejected, replayed) VALUES ('"
                        + job.id().uuid() + "', 't', 1, 0, 0)");
    }

    private long number(String table) throws Exception {
        return StoreDatabase.number(connection, "SELECT count(*) FROM " + table);
    }

    @Test
    void whatHangsOnJobsFromBeforeIsForgottenInPortions() throws Exception {
        for (int n = 0; n < 5; n++) {
            waiting(HORIZON.minusMillis(1 + n), n);
        }
        waiting(HORIZON, 9);
        assertEquals(12, PastJobs.forget(connection, LOWEST, 3));
        assertEquals(8, PastJobs.forget(connection, LOWEST, 3));
        assertEquals(0, PastJobs.forget(connection, LOWEST, 3));
        for (String table : List.of("timer", "lease", "batch", "job")) {
            assertEquals(1, number(table), table);
        }
    }

    @Test
    void oneGatewayAtATimeRemoves() throws Exception {
        connection.setAutoCommit(false);
        Connection other = sessions.open();
        other.setAutoCommit(false);
        assertTrue(PastJobs.isMyTurn(connection));
        assertFalse(PastJobs.isMyTurn(other));
        connection.commit();
        assertTrue(PastJobs.isMyTurn(other));
        other.commit();
    }
}
