package dev.accepted.gateway.cancel;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.status.Refusals;
import dev.accepted.gateway.status.Sighting;
import dev.accepted.gateway.status.TableAway;
import dev.accepted.gateway.watching.Waits;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.Stop;
import dev.accepted.store.lease.StopTable;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes a job's lease, writes that its cancel was asked for, and answers what became of it. Never blocks. */
@ApplicationScoped
class Cancellation {

    private static final Logger LOG = Logger.getLogger(Cancellation.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int POLLS = 100;
    private static final Duration SEND = Duration.ofSeconds(3);
    private static final Duration FOLD = Duration.ofSeconds(2);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final DataSource database;
    private final JobFinder finder;
    private final Function<JobEvent, Uni<Position>> log;
    private final Waits waits;
    private final JobAnswer answers;

    @Inject
    Cancellation(DataSource database, JobFinder finder, LogWriter log, Waits waits, JobAnswer answers) {
        this(database, finder, log::append, waits, answers);
    }

    /** @param log appends an event and says where it lies */
    Cancellation(
            DataSource database,
            JobFinder finder,
            Function<JobEvent, Uni<Position>> log,
            Waits waits,
            JobAnswer answers) {
        this.database = database;
        this.finder = finder;
        this.log = log;
        this.waits = waits;
        this.answers = answers;
    }

    /**
     * Who wants a job stopped.
     *
     * @param requireFor refuses types that it may not cancel jobs of
     * @param operator null if it is the job's client
     */
    private record Asking(
            Consumer<JobTypeDescriptor> requireFor,
            @Nullable String operator) {}

    /**
     * Cancels a job of the caller's tenant, who may submit such.
     *
     * @param reason what the client said, read when it is known that the client may
     */
    Uni<Response> cancel(String text, Caller caller, Supplier<@Nullable String> reason) {
        Asking client = new Asking(caller::requireFor, null);
        return finder.find(text, caller.tenant()).chain(found -> cancel(found, client, reason));
    }

    /**
     * Cancels a job whosever it is, and says in the log who did.
     *
     * @param operator the operator's subject
     * @param reason what the operator said, read when it is known that there is such a job
     */
    Uni<Response> cancelOfAnyTenant(String text, String operator, Supplier<@Nullable String> reason) {
        Asking asking = new Asking(type -> {}, operator);
        return finder.findOfAnyTenant(text).chain(found -> cancel(found, asking, reason));
    }

    private Uni<Response> cancel(Sighting found, Asking asking, Supplier<@Nullable String> reason) {
        asking.requireFor().accept(found.type());
        @Nullable String said = reason.get();
        return taken(found.state().id(), asking, said, POLLS)
                .onFailure(TableAway::is)
                .transform(away -> Refusals.tableAway())
                .chain(this::carryOut)
                .map(this::answer);
    }

    /**
     * A job as it was when its lease was taken.
     *
     * @param stop null if it had ended
     */
    private record Taken(JobState state, @Nullable Stop stop) {}

    /** Its row may be a little later than its 202. */
    private Uni<Taken> taken(JobId id, Asking asking, @Nullable String reason, int polls) {
        return Uni.createFrom()
                .item(() -> take(id, asking, reason))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(taken -> {
                    if (taken.isPresent()) {
                        return Uni.createFrom().item(taken.get());
                    }
                    if (polls <= 1) {
                        return Uni.createFrom().failure(notThereYet());
                    }
                    return Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(POLL)
                            .chain(() -> taken(id, asking, reason, polls - 1));
                });
    }

    private Optional<Taken> take(JobId id, Asking asking, @Nullable String reason) {
        try {
            return Transaction.run(database, connection -> {
                JobState state = JobTable.lock(connection, List.of(id.uuid())).get(id.uuid());
                if (state == null || state.command() == null) {
                    return Optional.empty();
                }
                // The id alone may have told another type than the row does.
                JobTypeDescriptor type = finder.seen(state).type();
                asking.requireFor().accept(type);
                if (type.notCancellable() && !state.status().done()) {
                    throw notCancellable(type);
                }
                Stop stop =
                        state.status().done() ? null : StopTable.cancel(connection, state, reason, asking.operator());
                return Optional.of(new Taken(state, stop));
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the event, if there is something to say, and waits for its fold. */
    private Uni<Sighting> carryOut(Taken taken) {
        JobState state = taken.state();
        Stop stop = taken.stop();
        if (stop == null || state.status() == Status.CANCELLING && stop.held()) {
            return Uni.createFrom().item(finder.seen(state));
        }
        return log.apply(StopEvents.of(stop, state))
                .ifNoItem()
                .after(SEND)
                .fail()
                .onFailure()
                .transform(away -> logAway(state.id(), away))
                .chain(at -> folded(state, at));
    }

    /** The log has it, so whatever comes in between, the job is going to be cancelled or has ended before. */
    private Uni<Sighting> folded(JobState before, Position at) {
        return waits.briefly(before, row -> row.eventOffset() >= at.offset(), FOLD)
                .map(finder::seen);
    }

    private Response answer(Sighting found) {
        Status status = found.state().status();
        if (status == Status.CANCELLED) {
            return answers.afterChange(found, Response.Status.OK);
        }
        if (status.done()) {
            throw Problem.of(
                            409,
                            "job-already-finished",
                            "Job already finished",
                            "The job has ended as " + status.word() + " and stays so.")
                    .with("job_status", status.word())
                    .withHeader("Cache-Control", "no-store");
        }
        return answers.afterChange(found, Response.Status.ACCEPTED);
    }

    private static Problem notCancellable(JobTypeDescriptor type) {
        return Problem.of(
                        409,
                        "job-not-cancellable",
                        "Job not cancellable",
                        "A job of type " + type.type() + " cannot be cancelled once it was accepted. It goes on.")
                .withHeader("Cache-Control", "no-store");
    }

    private static Problem notThereYet() {
        return Problems.reducedCapacity(
                        "The job was accepted a moment ago and cannot be cancelled yet. Ask again after the seconds"
                                + " that Retry-After names.",
                        1)
                .withHeader("Cache-Control", "no-store");
    }

    private static Problem logAway(JobId id, Throwable failure) {
        LOG.warnf(
                "%s: its cancel is noted and not in the log yet; it is written when Kafka is reached: %s", id, failure);
        return Problems.reducedCapacity(
                        "The cancel is noted and takes effect when the log can be written again: no further attempt of"
                                + " the job begins. Ask again after the seconds that Retry-After names.",
                        RETRY_AFTER_SECONDS)
                .withHeader("Cache-Control", "no-store");
    }
}
