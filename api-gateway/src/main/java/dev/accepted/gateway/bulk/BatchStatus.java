package dev.accepted.gateway.bulk;

import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.estimates.RetryAfter;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.status.ReadRights;
import dev.accepted.gateway.status.Refusals;
import dev.accepted.gateway.status.TableAway;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.store.bulk.BatchTable;
import dev.accepted.store.bulk.BatchTable.Batch;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers how the jobs of a batch stand. Never blocks. */
@Singleton
class BatchStatus {

    /** A guess at how long a job takes in a long queue; clients ask again by it. */
    private static final Duration A_JOB = Duration.ofMillis(2);

    private final ReadRights rights;
    private final CatalogFollower catalog;
    private final BatchIds ids;
    private final DataSource database;
    private final RetryAfter retryAfter;
    private final Clock clock;
    private final Horizon horizon;

    BatchStatus(
            ReadRights rights,
            CatalogFollower catalog,
            BatchIds ids,
            DataSource database,
            RetryAfter retryAfter,
            Clock clock,
            GatewayConfig config) {
        this.rights = rights;
        this.catalog = catalog;
        this.ids = ids;
        this.database = database;
        this.retryAfter = retryAfter;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    Uni<Response> of(String text, @Nullable String ifNoneMatch) {
        Caller caller = rights.requireAny(
                catalog.current().all().stream().map(AnnouncedType::descriptor).toList());
        JobId batch = ids.read(text, caller.tenant()).orElseThrow(BatchRefusals::notFound);
        Instant now = clock.instant();
        if (horizon.hasPassed(batch, now)) {
            throw BatchRefusals.gone();
        }
        return Uni.createFrom()
                .item(() -> count(batch, caller.tenant()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway())
                .map(counts -> answer(batch, counts, ifNoneMatch));
    }

    private BatchCounts count(JobId batch, String tenant) {
        try {
            return Transaction.run(database, connection -> {
                Optional<Batch> noted = BatchTable.find(connection, batch.uuid(), tenant);
                Map<Status, Integer> counts =
                        BatchTable.count(connection, batch.text(), UuidV7.lowest(batch.createdAt()), tenant);
                return BatchCounts.of(noted, counts);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response answer(JobId batch, BatchCounts counts, @Nullable String ifNoneMatch) {
        String tag = EntityTags.strong(counts.tag());
        Response.ResponseBuilder answer = EntityTags.ifNoneMatchHolds(ifNoneMatch, tag)
                ? Response.notModified()
                : Response.ok(
                        counts.document(batch, batch.createdAt().plus(horizon.retention())),
                        MediaType.APPLICATION_JSON_TYPE);
        if (!counts.done()) {
            Instant expected = clock.instant().plus(A_JOB.multipliedBy(counts.unfinished()));
            answer.header("Retry-After", retryAfter.secondsUntil(expected));
        }
        return answer.header("ETag", tag)
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization")
                .build();
    }
}
