package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.Plan;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.partition.Partitions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What finished of late, among much that did before. */
class FinishedJobsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int LONG_AGO = 3_000;

    private Connection connection;

    @BeforeEach
    void fill() throws Exception {
        connection = StoreDatabase.fresh().connect();
        Partitions.ensure(connection, Jobs.START, 1);
        List<JobState> ended = new ArrayList<>();
        Jobs.queued(0, LONG_AGO).forEach(job -> ended.add(Jobs.succeeded(job, 1)));
        JobTable.insert(connection, ended);
        StoreDatabase.run(connection, "UPDATE job SET finished_at = now() - interval '61 s'");
    }

    @AfterEach
    void close() throws Exception {
        connection.rollback();
        connection.close();
    }

    private void finishOnly(int jobs) throws Exception {
        StoreDatabase.run(connection, """
                UPDATE job SET finished_at = now() - interval '30 s'
                WHERE id IN (SELECT id FROM job ORDER BY id LIMIT %d)""".formatted(jobs));
    }

    @Test
    void whatFinishedWithinTheTimeIsCountedByHow() throws Exception {
        assertEquals(Map.of(), FinishedJobs.count(connection, MINUTE));
        finishOnly(7);
        JobTable.insert(connection, Jobs.queued(LONG_AGO, LONG_AGO + 2));
        StoreDatabase.run(connection, """
                UPDATE job SET status = 'cancelled', result = NULL
                WHERE id IN (SELECT id FROM job ORDER BY id LIMIT 2)""");
        assertEquals(Map.of(Status.SUCCEEDED, 5L, Status.CANCELLED, 2L), FinishedJobs.count(connection, MINUTE));
    }

    @Test
    void theOthersAreNotLookedAt() throws Exception {
        finishOnly(7);
        FinishedJobs.count(connection, MINUTE);
        Plan plan = Plan.explain(connection, FinishedJobs.COUNT.replace("?", "60000"));
        assertEquals(List.of(), plan.wholeScans("job"), plan::toString);
    }
}
