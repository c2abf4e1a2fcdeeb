package dev.accepted.gateway.moving;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.conditional.EntityTags;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.status.JobAnswer;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.status.Refusals;
import dev.accepted.gateway.status.TableAway;
import dev.accepted.gateway.submission.Times;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.watching.Waits;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.timer.MovedTimers;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Moves a job's timer, writes that it was moved, and answers how the job stands then. Never blocks. */
@ApplicationScoped
class Moving {

    private static final Logger LOG = Logger.getLogger(Moving.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int POLLS = 100;
    private static final Duration SEND = Duration.ofSeconds(3);
    private static final Duration FOLD = Duration.ofSeconds(2);

    private final DataSource database;
    private final JobFinder finder;
    private final Function<JobEvent, Uni<Position>> log;
    private final Waits waits;
    private final JobAnswer answers;
    private final Clock clock;
    private final Duration retention;

    @Inject
    Moving(
            DataSource database,
            JobFinder finder,
            LogWriter log,
            Waits waits,
            JobAnswer answers,
            Clock clock,
            GatewayConfig config) {
        this(database, finder, log::append, waits, answers, clock, config.retention());
    }

    /** @param log appends an event and says where it lies */
    Moving(
            DataSource database,
            JobFinder finder,
            Function<JobEvent, Uni<Position>> log,
            Waits waits,
            JobAnswer answers,
            Clock clock,
            Duration retention) {
        this.database = database;
        this.finder = finder;
        this.log = log;
        this.waits = waits;
        this.answers = answers;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * What is asked for.
     *
     * @param ifMatch the condition under which it is to be done
     * @param time where to, as it was sent
     */
    private record Wish(Caller caller, String ifMatch, String time) {}

    /** A job as it was when its timer was moved. */
    private record Moved(JobState before, Instant to) {}

    /**
     * Moves the start of a job of the caller's tenant, who may submit such.
     *
     * @param time what the client said, read when it is known that the client may
     */
    Uni<Response> move(String text, Caller caller, String ifMatch, Supplier<String> time) {
        return finder.find(text, caller.tenant()).chain(found -> {
            caller.requireFor(found.type());
            Wish wish = new Wish(caller, ifMatch, time.get());
            return moved(found.state().id(), wish, POLLS)
                    .onFailure(TableAway::is)
                    .transform(away -> Refusals.tableAway())
                    .chain(this::tell);
        });
    }

    /** Its row may be a little later than its 202; who moves it at this moment, or fires it, is waited for. */
    private Uni<Moved> moved(JobId id, Wish wish, int polls) {
        return Uni.createFrom()
                .item(() -> take(id, wish))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(taken -> {
                    if (taken.isPresent()) {
                        return Uni.createFrom().item(taken.get());
                    }
                    if (polls <= 1) {
                        return Uni.createFrom().failure(MoveRefusals.notNow());
                    }
                    return Uni.createFrom()
                            .voidItem()
                            .onItem()
                            .delayIt()
                            .by(POLL)
                            .chain(() -> moved(id, wish, polls - 1));
                });
    }

    private Optional<Moved> take(JobId id, Wish wish) {
        try {
            return Transaction.run(database, connection -> {
                JobState state = JobTable.lock(connection, List.of(id.uuid())).get(id.uuid());
                return state == null || state.command() == null || state.facts() == null
                        ? Optional.empty()
                        : take(connection, state, wish);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Moved> take(Connection connection, JobState state, Wish wish) throws SQLException {
        // The id alone may have told another type than the row does.
        wish.caller().requireFor(finder.seen(state).type());
        requireWaiting(state);
        Instant to = Times.moved(
                wish.time(),
                "/" + MoveBody.SCHEDULED_TIME,
                state.createdAt(),
                state.deadline().orElse(null),
                clock.instant(),
                retention);
        String tag = EntityTags.strong(state.version());
        if (!EntityTags.ifMatchHolds(wish.ifMatch(), tag)) {
            throw MoveRefusals.otherVersion(tag);
        }
        return switch (MovedTimers.move(
                connection, state.id().uuid(), state.phase().attempt(), to)) {
            case MOVED -> Optional.of(new Moved(state, to));
            case BUSY -> Optional.empty();
            case FIRED -> throw MoveRefusals.dispatched(state.status());
        };
    }

    /** A job may be moved until its first attempt was sent. */
    private static void requireWaiting(JobState state) {
        if (state.status().done()) {
            throw MoveRefusals.finished(state.status());
        }
        if (state.dispatched() > 0 || state.timer().isEmpty()) {
            throw MoveRefusals.dispatched(state.status());
        }
    }

    /** Writes the event and waits for its fold. */
    private Uni<Response> tell(Moved moved) {
        JobEvent event = MoveEvents.of(moved.before(), moved.to());
        JobId id = moved.before().id();
        return log.apply(event)
                .ifNoItem()
                .after(SEND)
                .fail()
                .onFailure()
                .transform(away -> {
                    LOG.warnf(
                            "%s: its new start is noted and not in the log yet; it is written when Kafka is reached: %s",
                            id, away);
                    return MoveRefusals.logAway();
                })
                .chain(at -> waits.briefly(moved.before(), row -> row.eventOffset() >= at.offset(), FOLD)
                        // The log has it, so this is what the fold is going to make of it.
                        .map(row -> answer(
                                row.eventOffset() >= at.offset()
                                        ? row
                                        : JobState.fold(moved.before(), event, id, at, clock.instant()))));
    }

    private Response answer(JobState after) {
        if (after.status().done()) {
            throw MoveRefusals.finished(after.status());
        }
        return answers.afterChange(finder.seen(after), Response.Status.OK);
    }
}
