package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.lease.LeaseTable;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnfinishedJobsTest {

    private static final LeaseTable.Holder WORKER = new LeaseTable.Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 8);
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant AHEAD = Instant.parse("2120-01-01T00:00:00Z");

    private static StoreDatabase database;

    private Connection connection;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void open() throws Exception {
        database.empty();
        connection = database.connect();
    }

    @AfterEach
    void close() throws Exception {
        connection.rollback();
        connection.close();
    }

    @Test
    void whatIsPastItsDeadlineIsFoundAndNothingElse() throws Exception {
        insert(due(1, PAST), due(2, AHEAD), Jobs.queued(Jobs.id(3)), due(4, PAST.minusSeconds(1)));
        assertEquals(List.of(Jobs.id(4).uuid(), Jobs.id(1).uuid()), overdue());
    }

    @Test
    void aFinishedJobHasNoDeadlineAnyMore() throws Exception {
        JobState job = due(1, PAST);
        insert(job);
        JobTable.update(connection, List.of(Jobs.succeeded(Jobs.started(job, 1), 1)));
        assertEquals(List.of(), overdue());
        assertEquals(0, StoreDatabase.number(connection, "SELECT count(*) FROM job WHERE deadline IS NOT NULL"));
    }

    @Test
    void aJobThatAnOperatorTookUpAgainIsNotHeldToItsDeadline() throws Exception {
        JobState expired = Jobs.after(due(1, PAST), 1, new Happening.Expired("too late"));
        insert(Jobs.after(expired, 1, new Happening.Redriven("ops", "the deadline was wrong")));
        assertEquals(List.of(), overdue());
    }

    @Test
    void whatAWorkerHoldsIsLeftToIt() throws Exception {
        insert(due(1, PAST));
        LeaseTable.claim(connection, WORKER, Duration.ofMinutes(1), List.of(Jobs.command(Jobs.id(1), 1)));
        assertEquals(List.of(), overdue());
        LeaseTable.end(connection, List.of(new LeaseTable.Held(Jobs.id(1).uuid(), 1)));
        assertEquals(List.of(Jobs.id(1).uuid()), overdue());
    }

    @Test
    void twoGatewaysNeverFindTheSame() throws Exception {
        insert(due(1, PAST), due(2, PAST));
        connection.commit();
        try (Connection other = database.connect()) {
            assertEquals(1, UnfinishedJobs.lockOverdue(connection, 1).size());
            assertEquals(1, UnfinishedJobs.lockOverdue(other, 10).size());
            other.rollback();
        }
    }

    @Test
    void theSearchGoesByTheIndexOfDeadlines() throws Exception {
        insert(due(1, PAST));
        StoreDatabase.run(connection, "SET LOCAL enable_seqscan = off");
        Plan plan = Plan.explain(connection, UnfinishedJobs.OVERDUE.replace("?", "500"));
        assertTrue(plan.toString().contains("deadline_idx"), plan.toString());
    }

    @Test
    void unfinishedJobsAreFoundByTheirAge() throws Exception {
        insert(Jobs.queued(Jobs.id(1)), Jobs.queued(Jobs.id(2)), Jobs.queued(Jobs.id(3)));
        insert(Jobs.succeeded(Jobs.queued(Jobs.id(4)), 1));
        insert(Jobs.queued(Jobs.id(Jobs.START.plusSeconds(1), 1)));
        UUID before = UuidV7.lowest(Jobs.START.plusSeconds(1));
        assertEquals(
                List.of(Jobs.id(2), Jobs.id(3)),
                UnfinishedJobs.between(connection, Jobs.id(1).uuid(), before, 10).stream()
                        .map(JobState::id)
                        .toList());
        assertEquals(
                1,
                UnfinishedJobs.between(connection, Jobs.id(1).uuid(), before, 1).size());
    }

    private List<UUID> overdue() throws Exception {
        return UnfinishedJobs.lockOverdue(connection, 10).stream()
                .map(state -> state.id().uuid())
                .toList();
    }

    private void insert(JobState... states) throws Exception {
        assertEquals(states.length, JobTable.insert(connection, List.of(states)).size());
    }

    private static JobState due(int n, Instant deadline) {
        JobFacts facts = new JobFacts(null, deadline, null, Map.of(), Map.of(), Map.of(), null);
        JobCommand command = new JobCommand(Jobs.id(n), Jobs.TENANT, Jobs.TYPE, Jobs.QUEUE, 1, facts, null, null);
        return JobState.fold(null, command, Jobs.at(1));
    }
}
