package dev.accepted.gateway.idempotency;

import dev.accepted.contract.id.JobId;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.store.job.JobTable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Jobs whose command comes long after their id was made, because the first request with their key was left open. An old id
 * without a row is taken for one that was never accepted, so their clients hear of them once the row is there.
 */
@ApplicationScoped
public class LateJobs {

    /** So old an id is believed without a row for as long again at least. */
    private static final Duration LATE = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int POLLS = 80;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final DataSource database;
    private final Clock clock;

    LateJobs(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Completes when the job can be seen: at once for a young id. Fails with a 503 after some seconds; never blocks. */
    public Uni<Void> awaitVisible(JobId id) {
        return Duration.between(id.createdAt(), clock.instant()).compareTo(LATE) < 0
                ? Uni.createFrom().voidItem()
                : awaitRow(id, POLLS);
    }

    private Uni<Void> awaitRow(JobId id, int polls) {
        return Uni.createFrom()
                .item(() -> hasRow(id))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(there -> {
                    if (there) {
                        return Uni.createFrom().voidItem();
                    }
                    return polls == 0
                            ? Uni.createFrom().failure(notYet())
                            : Uni.createFrom()
                                    .voidItem()
                                    .onItem()
                                    .delayIt()
                                    .by(POLL)
                                    .chain(() -> awaitRow(id, polls - 1));
                });
    }

    private boolean hasRow(JobId id) {
        try (Connection connection = database.getConnection()) {
            return !JobTable.read(connection, List.of(id.uuid())).isEmpty();
        } catch (SQLException e) {
            return false;
        }
    }

    private static Throwable notYet() {
        return Problems.reducedCapacity(
                        "The job is in the log and cannot be shown yet. Send the same request again with the same key; no"
                                + " second job comes of it.",
                        RETRY_AFTER_SECONDS)
                .with(KeyRefusals.MAYBE_ACCEPTED, true);
    }
}
