package dev.accepted.gateway.schedules;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.log.Position;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.submission.DeferredJobs;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.schedule.ScheduleRow;
import dev.accepted.store.schedule.ScheduleTable;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Sends the jobs of schedules that are due, many gateways together.
 *
 * <p>A firing that was missed is made up for once, as that of the last time that has passed. That time is written down
 * before the job is sent, so that a gateway that stops in between leaves the same firing to the next one.
 */
@ApplicationScoped
class ScheduleFirer {

    private static final Logger LOG = Logger.getLogger(ScheduleFirer.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration SEND = Duration.ofSeconds(6);
    private static final Duration LATER = Duration.ofSeconds(5);

    /** A job's whole life fits in the retention: a firing that is about as old as that makes none. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private static final int MOST = 50;
    private static final int LONGEST_ERROR = 500;

    private final DataSource database;
    private final DeferredJobs jobs;
    private final Clock clock;
    private final Duration retention;

    ScheduleFirer(DataSource database, DeferredJobs jobs, Clock clock, GatewayConfig config) {
        this.database = database;
        this.jobs = jobs;
        this.clock = clock;
        this.retention = config.retention();
    }

    void start(@Observes StartupEvent started, Loops loops) {
        loops.every(PERIOD, this::fireAllDue);
    }

    private void fireAllDue() {
        try {
            int fired = MOST;
            while (fired == MOST) {
                fired = fireSome();
            }
        } catch (SQLException e) {
            LOG.warnf("Schedules cannot be fired; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    /** A firing whose job is on its way. */
    private record Sent(ScheduleRow row, Recurrence times, String jobId, CompletableFuture<Position> acknowledged) {}

    /** Fires some of those that are due; gives how many it looked at. */
    int fireSome() throws SQLException {
        Instant now = clock.instant();
        return Transaction.run(database, connection -> {
            List<ScheduleRow> due = ScheduleTable.lockDue(connection, now, MOST);
            List<Sent> sent = new ArrayList<>();
            for (ScheduleRow row : due) {
                begin(connection, row, now).ifPresent(sent::add);
            }
            for (Sent firing : sent) {
                settle(connection, firing, now);
            }
            return due.size();
        });
    }

    private Optional<Sent> begin(Connection connection, ScheduleRow row, Instant now) throws SQLException {
        Schedule schedule = row.schedule();
        Instant time = timeOf(row);
        Recurrence times = Recurrence.of(schedule.cron(), schedule.zone());
        Instant last = times.upTo(now).orElse(time);
        if (last.isAfter(time)) {
            ScheduleTable.move(connection, schedule.key(), last);
            return Optional.empty();
        }
        if (time.isBefore(now.minus(retention).plus(MARGIN))) {
            skip(connection, row, times, now, "It was missed by longer than jobs are kept.");
            return Optional.empty();
        }
        try {
            DeferredJobs.Ready job = jobs.prepare(
                    descriptionOf(schedule),
                    schedule.tenant(),
                    "schedule " + schedule.name(),
                    idOf(row, time),
                    tagsOf(schedule));
            String id = job.command().id().text();
            return Optional.of(new Sent(row, times, id, jobs.send(job).subscribeAsCompletionStage()));
        } catch (Problem e) {
            if (e.status() >= 500) {
                ScheduleTable.putOff(connection, schedule.key(), now.plus(LATER));
            } else {
                skip(connection, row, times, now, e.slug() + ": " + e.detail() + e.members());
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "Schedule %s: unexpected; tried again in %s",
                    schedule.key().text(),
                    LATER);
            ScheduleTable.putOff(connection, schedule.key(), now.plus(LATER));
            return Optional.empty();
        }
    }

    private static void settle(Connection connection, Sent sent, Instant now) throws SQLException {
        Schedule.Key key = sent.row.schedule().key();
        try {
            sent.acknowledged.get(SEND.toMillis(), TimeUnit.MILLISECONDS);
            Instant time = timeOf(sent.row);
            ScheduleTable.fired(
                    connection, key, time, sent.jobId, sent.times.after(now).orElse(null));
            LOG.infof("Schedule %s of %s: sent %s", key.text(), time, sent.jobId);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Schedule %s: its job was not taken; tried again in %s", key.text(), LATER);
            ScheduleTable.putOff(connection, key, now.plus(LATER));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void skip(Connection connection, ScheduleRow row, Recurrence times, Instant now, String why)
            throws SQLException {
        LOG.warnf(
                "Schedule %s: nothing is sent for %s, it is tried again at its next time: %s",
                row.schedule().key().text(), row.nextFireAt(), why);
        String shown = why.length() <= LONGEST_ERROR ? why : why.substring(0, LONGEST_ERROR);
        ScheduleTable.skipped(
                connection, row.schedule().key(), shown, times.after(now).orElse(null));
    }

    private static Instant timeOf(ScheduleRow due) {
        return Objects.requireNonNull(due.nextFireAt());
    }

    private static DeferredJobs.Description descriptionOf(Schedule schedule) {
        return new DeferredJobs.Description(
                schedule.type(), schedule.input(), schedule.dataRef(), schedule.clientReference(), schedule.tags());
    }

    private static Map<String, String> tagsOf(Schedule schedule) {
        Map<String, String> tags = new HashMap<>(schedule.tags());
        tags.put(ScheduleBody.TAG, schedule.name());
        return tags;
    }

    /** The same for the same firing, whoever asks. */
    static UUID idOf(ScheduleRow row, Instant time) {
        try {
            String firing = row.schedule().key().text() + '\n' + row.version() + '\n' + time;
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return UuidV7.of(time, sha.digest(firing.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
