package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobCensus.Census;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.job.JobCensus.Taken;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.lease.LeaseTable.Holder;
import dev.accepted.store.lease.LeasedCommand;
import dev.accepted.store.timer.TimerTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobCensusTest {

    private static final UUID OLDEST = new UUID(0, 0);

    private static final Holder WORKER = new Holder(new UUID(1, 1), "probe-1", "probe", 4);
    private static final UUID ID = Jobs.id(1).uuid();

    private static final StoreDatabase DATABASE = StoreDatabase.fresh();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        DATABASE.empty();
        connection = DATABASE.connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private JobState queued() throws SQLException {
        JobState state = Jobs.queued(Jobs.id(1));
        JobTable.insert(connection, List.of(state));
        return state;
    }

    private static List<Taken> takenUntil(JobState state, long beyond) {
        var at = Objects.requireNonNull(state.command());
        return List.of(new Taken(at.topic(), at.partition(), at.offset() + beyond));
    }

    private List<UUID> stranded(List<Taken> taken) throws SQLException {
        return JobCensus.stranded(connection, taken, OLDEST, 10).stream()
                .map(Stranded::job)
                .toList();
    }

    @Test
    void whatNobodyHasTakenWaitsInItsQueue() throws Exception {
        List<Taken> taken = takenUntil(queued(), 0);
        assertEquals(new Census(1, 0, 0, 1), JobCensus.count(connection, taken, OLDEST));
        assertEquals(List.of(), stranded(taken));
    }

    @Test
    void whatWasTakenAndIsNowhereIsStranded() throws Exception {
        List<Taken> taken = takenUntil(queued(), 1);
        assertEquals(1, JobCensus.count(connection, taken, OLDEST).stranded());
        assertEquals(List.of(ID), stranded(taken));
    }

    @Test
    void whatLiesInAPartitionThatIsGoneIsStranded() throws Exception {
        queued();
        assertEquals(List.of(ID), stranded(List.of()));
    }

    @Test
    void aLiveLeaseAccountsForAJobAndAnEndedOneDoesNot() throws Exception {
        JobState state = queued();
        List<Taken> taken = takenUntil(state, 1);
        LeaseTable.claim(
                connection,
                WORKER,
                Duration.ofMinutes(1),
                List.of(new LeasedCommand(
                        ID,
                        state.id().text(),
                        state.tenant(),
                        state.type(),
                        state.queue(),
                        1,
                        null,
                        Objects.requireNonNull(state.command()))));
        assertEquals(new Census(1, 1, 0, 0), JobCensus.count(connection, taken, OLDEST));
        assertEquals(List.of(), stranded(taken));
        LeaseTable.end(connection, List.of(new Held(ID, 1)));
        assertEquals(List.of(ID), stranded(taken));
    }

    @Test
    void aTimerAccountsForAJob() throws Exception {
        JobState failed = Jobs.failedOnce(queued(), 1, Duration.ofMinutes(1));
        JobTable.update(connection, List.of(failed));
        List<Taken> taken = takenUntil(failed, 1);
        assertEquals(List.of(ID), stranded(taken));
        TimerTable.settle(connection, List.of(failed));
        assertEquals(new Census(1, 0, 1, 0), JobCensus.count(connection, taken, OLDEST));
        assertEquals(List.of(), stranded(taken));
    }

    @Test
    void whatHasEndedIsNotLookedAt() throws Exception {
        JobState state = queued();
        JobTable.update(connection, List.of(Jobs.after(state, 1, new Happening.Cancelled("w", state.createdAt()))));
        assertEquals(new Census(0, 0, 0, 0), JobCensus.count(connection, List.of(), OLDEST));
        assertEquals(List.of(), stranded(List.of()));
    }
}
