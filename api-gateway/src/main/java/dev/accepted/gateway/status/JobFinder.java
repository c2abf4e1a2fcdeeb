package dev.accepted.gateway.status;

import dev.accepted.contract.id.Horizon;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.submission.RecentlyAccepted;
import dev.accepted.gateway.system.GatewayConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Finds the job behind an id: in the table, among those just accepted, or in the id itself. Never blocks. */
@Singleton
public class JobFinder {

    private static final Logger LOG = Logger.getLogger(JobFinder.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int POLLS = 50;

    /** After so long a row must be there, if the projection goes on at all. */
    private static final Duration LONG_PAST = Duration.ofMinutes(10);

    private final IdSeal seal;
    private final JobRecords records;
    private final RecentlyAccepted recent;
    private final KnownTypes types;
    private final FoldProgress progress;
    private final Clock clock;
    private final Horizon horizon;

    JobFinder(
            IdSeal seal,
            JobRecords records,
            RecentlyAccepted recent,
            KnownTypes types,
            FoldProgress progress,
            Clock clock,
            GatewayConfig config) {
        this.seal = seal;
        this.records = records;
        this.recent = recent;
        this.types = types;
        this.progress = progress;
        this.clock = clock;
        this.horizon = new Horizon(config.retention());
    }

    /** The job of that tenant under that id; fails with a {@link Problem} 404, 410 or 503. */
    public Uni<Sighting> find(String text, String tenant) {
        Optional<JobId> genuine = JobId.parse(text).filter(id -> seal.verifies(id, tenant));
        if (genuine.isEmpty()) {
            return Uni.createFrom().failure(Refusals.notFound());
        }
        JobId id = genuine.get();
        if (horizon.hasPassed(id, clock.instant())) {
            return Uni.createFrom().failure(Refusals.gone(id, horizon.retention()));
        }
        // What was accepted a moment ago is of no use while the table is away: it may have ended since, and a client
        // may
        // have seen that.
        return row(id).onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway())
                .onItem()
                .transformToUni(row -> row.or(() -> recent.find(id))
                        .map(state -> Uni.createFrom().item(types.sighting(state)))
                        .orElseGet(() -> withoutRow(id, tenant)));
    }

    /**
     * The job under that id, whosever it is, for operators; fails with a {@link Problem} 404, 410 or 503. Whether an id was
     * ever given away cannot be told without its tenant, so one that is young and has no row is waited for a little, and
     * is then unknown.
     */
    public Uni<Sighting> findOfAnyTenant(String text) {
        Optional<JobId> readable = JobId.parse(text);
        if (readable.isEmpty()) {
            return Uni.createFrom().failure(Refusals.notFound());
        }
        JobId id = readable.get();
        if (horizon.hasPassed(id, clock.instant())) {
            return Uni.createFrom().failure(Refusals.gone(id, horizon.retention()));
        }
        int polls = age(id).compareTo(LONG_PAST) > 0 ? 1 : POLLS;
        return row(id).map(row -> row.or(() -> recent.find(id)))
                .chain(row -> row.isPresent() || polls == 1 ? Uni.createFrom().item(row) : awaitRow(id, polls))
                .onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway())
                .map(row -> row.filter(state -> state.id().equals(id))
                        .map(types::sighting)
                        .orElseThrow(Refusals::notFound));
    }

    /** A job that was read elsewhere, with what it is shown by. */
    public Sighting seen(JobState state) {
        return types.sighting(state);
    }

    private Uni<Optional<JobState>> row(JobId id) {
        return Uni.createFrom()
                .item(() -> records.read(id.uuid()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Sighting> withoutRow(JobId id, String tenant) {
        if (age(id).compareTo(LONG_PAST) > 0) {
            return overdue(id, tenant);
        }
        return awaitRow(id, POLLS)
                .onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway())
                .map(row -> row.map(types::sighting).orElseGet(() -> types.sighting(id, tenant)));
    }

    private Uni<Optional<JobState>> awaitRow(JobId id, int polls) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(POLL)
                .chain(() -> row(id))
                .chain(row -> row.isPresent() || polls == 1 ? Uni.createFrom().item(row) : awaitRow(id, polls - 1));
    }

    private Uni<Sighting> overdue(JobId id, String tenant) {
        Instant accepted = id.createdAt();
        return Uni.createFrom()
                .item(() -> progress.hasPassed(accepted.plus(LONG_PAST.dividedBy(2))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(passed -> {
                    if (passed) {
                        LOG.errorf(
                                "Job %s has no row although the projection is long past it: it was accepted at %s and"
                                        + " is missing in the table; compare table and log",
                                id, accepted);
                        throw Refusals.notFound();
                    }
                    return types.sighting(id, tenant);
                });
    }

    private Duration age(JobId id) {
        return Duration.between(id.createdAt(), clock.instant());
    }
}
