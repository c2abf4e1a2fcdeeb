package dev.accepted.gateway.concurrency;

import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.fixture.Jobs;
import dev.accepted.gateway.fixture.JobsInTheLog;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.concurrency.LimitedClaim;
import dev.accepted.store.concurrency.LimitedClaim.Claimed;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/** What workers do with jobs under limits, and limits as another gateway sets them. */
@Singleton
class Limited {

    private static final Duration TTL = Duration.ofMinutes(5);

    private final DataSource database;
    private final JobsInTheLog jobs;

    Limited(DataSource database, JobsInTheLog jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    static Limit tenant(String name) {
        return new Limit(Limit.Kind.TENANT, name);
    }

    void set(Limit limit, int most) throws SQLException {
        Transaction.run(database, c -> LimitTable.put(c, limit, most, null));
    }

    void drop(Limit limit) throws SQLException {
        Transaction.run(database, c -> LimitTable.delete(c, limit));
    }

    /** Whether a worker that took that attempt runs it. */
    boolean begins(Jobs job, int attempt) throws SQLException {
        Position at = Objects.requireNonNull(jobs.state(job).command());
        Claimed claimed = Transaction.run(
                database, c -> LimitedClaim.claim(c, JobsInTheLog.WORKER, TTL, List.of(job.claimed(attempt, at))));
        return claimed.toRun().contains(job.id().uuid());
    }

    /** The worker ends an attempt that it ran. */
    void ends(Jobs job, int attempt) {
        jobs.tell(job, attempt, new Happening.Succeeded("worker-1", Instant.now(), null, Map.of()));
    }

    /** The worker tells that it did not run an attempt; gives back when the table has it. */
    void heldBack(Jobs job, int attempt, Limit by) {
        jobs.tell(job, attempt, new Happening.HeldBack("worker-1", by));
        jobs.until(job, state -> state.phase().attempt() == attempt + 1);
    }

    /** A job that was taken and held back. */
    Jobs waiting(Jobs job, JobFacts facts, Limit by) throws SQLException {
        jobs.send(job, 1, facts);
        if (begins(job, 1)) {
            throw new AssertionError(by.text() + " has room");
        }
        heldBack(job, 1, by);
        return job;
    }
}
