package dev.accepted.gateway.schedules;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.log.Topics;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.submission.CommandLog;
import dev.accepted.gateway.submission.DeferredJobs;
import dev.accepted.gateway.submission.Refused;
import dev.accepted.store.schedule.ScheduleRow;
import dev.accepted.store.schedule.ScheduleTable;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks, writes and reads schedules. What reads the table blocks. */
@Singleton
class Schedules {

    static final int MOST = 1_000;

    private static final Logger LOG = Logger.getLogger(Schedules.class);
    private static final Set<String> TIMES = Set.of("cron", "zone");
    private static final String ANY_JOB = "jobs:write";
    private static final Duration FOLD = Duration.ofSeconds(5);
    private static final int RETRY_AFTER_SECONDS = 5;

    private final DataSource database;
    private final DeferredJobs jobs;
    private final CommandLog log;
    private final ScheduleFollower follower;
    private final Catalog catalog;
    private final Clock clock;

    Schedules(
            DataSource database,
            DeferredJobs jobs,
            CommandLog log,
            ScheduleFollower follower,
            Catalog catalog,
            Clock clock) {
        this.database = database;
        this.jobs = jobs;
        this.log = log;
        this.follower = follower;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** The schedule of a body, checked; a {@link Problem} for one that is refused. Blocks. */
    Schedule check(Schedule.Key key, byte[] body, Caller caller) {
        DeferredJobs.Body read = jobs.check(
                body,
                TIMES,
                times -> Recurrence.errorsOf(times.get("cron"), times.get("zone"), clock.instant()),
                caller);
        DeferredJobs.Description job = read.job();
        if (job.tags().containsKey(ScheduleBody.TAG)) {
            throw Refused.invalid(
                    List.of(new InputError("/tags/" + ScheduleBody.TAG, "is set to the schedule's name", "not")));
        }
        return new Schedule(
                key.tenant(),
                key.name(),
                text(read, "cron"),
                text(read, "zone"),
                job.type(),
                job.input(),
                job.dataRef(),
                job.clientReference(),
                job.tags());
    }

    private static String text(DeferredJobs.Body body, String name) {
        return String.valueOf(body.beside().get(name));
    }

    /** Whether a schedule of that name is there, or there is room for it; else a problem. Blocks. */
    boolean isThereOrFits(Schedule.Key key, Caller caller) {
        Optional<ScheduleRow> before = read(key);
        if (before.isPresent()) {
            require(before.get(), caller);
            return true;
        }
        if (countOf(key.tenant()) >= MOST) {
            throw Problem.of(
                            422,
                            "too-many-schedules",
                            "Too many schedules",
                            "There are " + MOST + " schedules, as many as there may be; delete one first.")
                    .with("max", MOST);
        }
        return false;
    }

    /** Writes a schedule, or (null) its end; done when the table says so too. */
    Uni<Void> write(Schedule.Key key, @Nullable Schedule schedule) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.SCHEDULES, key.text(), schedule == null ? null : schedule.toJson());
        return log.append(record)
                .onFailure(Problem.class)
                .transform(away -> Problems.reducedCapacity(
                        "Nothing was changed: the log could not be reached. Send the same request again.",
                        RETRY_AFTER_SECONDS))
                .map(Position::offset)
                .chain(offset -> Uni.createFrom()
                        .completionStage(() -> follower.folded(offset))
                        .ifNoItem()
                        .after(FOLD)
                        .failWith(Schedules::notShownYet));
    }

    private static Problem notShownYet() {
        return Problems.reducedCapacity(
                "The change is written and counts as soon as it is folded, which takes longer than usual. Read the"
                        + " schedule, or send the same request again.",
                RETRY_AFTER_SECONDS);
    }

    /** The schedule of that name, which the caller may see; a {@link Problem} 404 if there is none. Blocks. */
    ScheduleRow find(Schedule.Key key, Caller caller) {
        ScheduleRow row = read(key).orElseThrow(ScheduleName::notFound);
        require(row, caller);
        return row;
    }

    private Optional<ScheduleRow> read(Schedule.Key key) {
        return reading(connection -> ScheduleTable.find(connection, key));
    }

    private int countOf(String tenant) {
        return reading(connection -> ScheduleTable.count(connection, tenant));
    }

    /** The schedules of the caller's tenant that it may see, without their inputs. Blocks. */
    List<ScheduleRow> all(Caller caller) {
        if (catalog.all().stream().noneMatch(type -> may(caller, type))) {
            caller.require(ANY_JOB);
        }
        return reading(connection -> ScheduleTable.ofTenant(connection, caller.tenant())).stream()
                .filter(row -> catalog.byType(row.schedule().type())
                        .map(type -> may(caller, type))
                        .orElseGet(() -> caller.may(ANY_JOB)))
                .toList();
    }

    private static boolean may(Caller caller, JobTypeDescriptor type) {
        return caller.may(type.scope()) && (type.anonymous() || !caller.anonymous());
    }

    /** A schedule is its type's: whoever may submit that may see it. Of a type that is gone only the rest is known. */
    private void require(ScheduleRow row, Caller caller) {
        catalog.byType(row.schedule().type()).ifPresentOrElse(caller::requireFor, () -> caller.require(ANY_JOB));
    }

    private <T> T reading(Transaction.Work<T> work) {
        try {
            return Transaction.run(database, work);
        } catch (SQLException e) {
            LOG.warnf("Schedules cannot be read, which was answered 503: %s", e.getMessage());
            throw Problems.reducedCapacity(
                    "Schedules cannot be read at the moment; ask again later.", RETRY_AFTER_SECONDS);
        }
    }
}
