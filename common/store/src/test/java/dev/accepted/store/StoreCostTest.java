package dev.accepted.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.idempotency.Acknowledged;
import dev.accepted.store.idempotency.IdempotencyTable;
import dev.accepted.store.idempotency.Reservation;
import dev.accepted.store.idempotency.ScopedKey;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.lease.LeaseTable.Held;
import dev.accepted.store.partition.Partitions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Measures what a job costs in SQL, commits included, in batches on one session; prints microseconds a job. */
@EnabledIfSystemProperty(named = "accepted.store.measure", matches = "true")
class StoreCostTest {

    private static final int JOBS = 20_000;
    private static final String PRINT = "ab".repeat(32);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final LeaseTable.Holder HOLDER = new LeaseTable.Holder(new UUID(7, 1), "probe-1", Jobs.QUEUE, 500);

    /** One step of every job's way, for a batch. */
    private interface Step {
        void of(List<JobState> batch) throws Exception;
    }

    @Test
    void measure() throws Exception {
        StoreDatabase database = StoreDatabase.fresh();
        try (Connection connection = database.connect()) {
            Partitions.ensure(connection, Jobs.START, 1);
            connection.commit();
            for (int size : new int[] {500, 20, 100, 500}) {
                measure(database, connection, size);
            }
        }
    }

    @Test
    void measureKeys() throws Exception {
        StoreDatabase database = StoreDatabase.fresh();
        try (Connection connection = database.connect()) {
            for (int size : new int[] {500, 1, 20, 100, 500}) {
                database.empty();
                List<JobState> jobs = Jobs.queued(0, size == 1 ? JOBS / 10 : JOBS);
                double reserve = micros(jobs, size, connection, b -> {
                    IdempotencyTable.reserve(
                            connection,
                            b.stream()
                                    .map(s -> new Reservation(key(s), PRINT, s.id().text(), "x".repeat(600)))
                                    .toList(),
                            TTL);
                });
                double acknowledge = micros(jobs, size, connection, b -> {
                    IdempotencyTable.doNotWaitForDisk(connection);
                    IdempotencyTable.acknowledge(
                            connection,
                            b.stream()
                                    .map(s -> new Acknowledged(key(s), s.id().text(), "x".repeat(600)))
                                    .toList());
                });
                System.out.printf("batch %3d: reserve %.1f, acknowledge %.1f us a key%n", size, reserve, acknowledge);
            }
        }
    }

    private static ScopedKey key(JobState job) {
        return new ScopedKey("acme", "/jobs", "key of " + job.id().text());
    }

    private static void measure(StoreDatabase database, Connection connection, int size) throws Exception {
        database.empty();
        List<JobState> jobs = Jobs.queued(0, JOBS);
        double insert = micros(jobs, size, connection, b -> JobTable.insert(connection, b));
        double claim = micros(jobs, size, connection, b -> {
            LeaseTable.claim(
                    connection,
                    HOLDER,
                    TTL,
                    b.stream().map(s -> Jobs.command(s.id(), 1)).toList());
        });
        double renew = micros(jobs, size, connection, b -> LeaseTable.renew(connection, HOLDER, TTL, held(b)));
        double fold = micros(jobs, size, connection, b -> fold(connection, b));
        double end = micros(jobs, size, connection, b -> LeaseTable.end(connection, held(b)));
        assertEquals(
                JOBS,
                StoreDatabase.number(
                        connection,
                        "SELECT count(*) FROM job j JOIN lease l ON l.job = j.id WHERE finished_at IS NOT NULL AND ended_at IS NOT NULL"));
        connection.commit();
        System.out.printf(
                "batch %3d: insert %.1f, claim %.1f, renew %.1f, lock + update %.1f, end %.1f us a job%n",
                size, insert, claim, renew, fold, end);
    }

    private static void fold(Connection connection, List<JobState> batch) throws Exception {
        Map<UUID, JobState> rows = JobTable.lock(
                connection, batch.stream().map(JobState::id).map(JobId::uuid).toList());
        List<JobState> folded = new ArrayList<>();
        rows.values().forEach(row -> folded.add(Jobs.succeeded(row, 1)));
        JobTable.update(connection, folded);
    }

    private static Collection<Held> held(List<JobState> batch) {
        return batch.stream().map(s -> new Held(s.id().uuid(), 1)).toList();
    }

    private static double micros(List<JobState> jobs, int size, Connection connection, Step step) throws Exception {
        long begun = System.nanoTime();
        for (int from = 0; from < jobs.size(); from += size) {
            step.of(jobs.subList(from, Math.min(from + size, jobs.size())));
            connection.commit();
        }
        return (System.nanoTime() - begun) / 1000.0 / jobs.size();
    }
}
