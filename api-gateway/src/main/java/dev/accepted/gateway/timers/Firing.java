package dev.accepted.gateway.timers;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.cancel.StopEvents;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.log.Readback;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.submission.CommandLog;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.timer.TimerTable.Due;
import dev.accepted.store.transaction.Transaction;
import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fires one batch of due timers: reads their commands back, sends them, and drops what was acknowledged, in the
 * transaction that holds the timers' locks. For one thread at a time.
 *
 * <p>Each timer succeeds or fails alone. What cannot be sent now is put off, so that it stands in nobody's way.
 */
@Dependent
public class Firing {

    private static final int MOST = 250;

    private static final Logger LOG = Logger.getLogger(Firing.class);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(5);

    /** A record that does not read now may read after an update; until then it is looked at rarely. */
    private static final Duration MUCH_LATER = Duration.ofMinutes(1);

    private static final byte[] NOTHING = {};
    private static final String GONE = "Its command is no longer in the log, so it can not be sent.";

    private final DataSource database;
    private final LogReader reader;
    private final CommandLog commands;
    private final LogWriter events;
    private final Resting resting = new Resting(LATER);

    Firing(DataSource database, LogReader reader, CommandLog commands, LogWriter events) {
        this.database = database;
        this.reader = reader;
        this.commands = commands;
        this.events = events;
    }

    /**
     * What a batch came to.
     *
     * @param more whether others are due that it did not get to
     */
    record Fired(int timers, boolean more, TimerTable.Next next) {}

    /** Fires a batch; what follows from it is in the table when this returns. */
    Fired fire(TimerTable.Order order) throws SQLException {
        return Transaction.run(database, connection -> {
            List<Due> due = TimerTable.lockDue(connection, MOST, order);
            Served served = serve(connection, due);
            return new Fired(due.size(), served.left() || due.size() == MOST, TimerTable.next(connection));
        });
    }

    /**
     * What became of timers.
     *
     * @param sent jobs whose commands were sent
     * @param left whether some were left as they are, for the next batch
     */
    public record Served(List<UUID> sent, boolean left) {}

    /** Sends the commands of timers that the caller has locked, and drops these. */
    public Served serve(Connection connection, List<Due> due) throws SQLException {
        if (due.isEmpty()) {
            return new Served(List.of(), false);
        }
        List<Due> readable =
                due.stream().filter(timer -> !resting.covers(source(timer))).toList();
        Readback read = reader.read(readable.stream().map(Due::command).toList(), READ);
        Sendings sendings = new Sendings(resting);
        List<Due> gone = new ArrayList<>();
        List<UUID> late = new ArrayList<>();
        List<UUID> unreadable = new ArrayList<>();
        boolean left = false;
        for (Due timer : due) {
            ConsumerRecord<String, byte[]> record = read.found().get(timer.command());
            if (read.gone().contains(timer.command())
                    || record != null && !timer.jobId().equals(record.key())) {
                gone.add(timer);
            } else if (record != null) {
                JobCommand command = decoded(timer, record);
                if (command == null) {
                    unreadable.add(timer.job());
                } else {
                    byte[] input = record.value() == null ? NOTHING : record.value();
                    sendings.send(timer, command.topic(), () -> commands.append(command, input));
                }
            } else if (read.full()) {
                left = true;
            } else {
                resting.begin(source(timer));
                late.add(timer.job());
            }
        }
        List<UUID> over = new ArrayList<>(end(connection, gone, sendings));
        sendings.await(over, late);
        TimerTable.drop(connection, over);
        TimerTable.putOff(connection, late, LATER);
        TimerTable.putOff(connection, unreadable, MUCH_LATER);
        gone.forEach(timer -> over.remove(timer.job()));
        return new Served(over, left);
    }

    private static String source(Due timer) {
        return timer.command().topic() + "/" + timer.command().partition();
    }

    private static @Nullable JobCommand decoded(Due timer, ConsumerRecord<String, byte[]> record) {
        try {
            return CommandHeaders.read(RecordHeaderText.of(record)).withAttempt(timer.attempt());
        } catch (Undecodable e) {
            LOG.errorf(
                    "%s: its command at %s does not read (%s); attempt %d is not sent, it is tried again in %s",
                    timer.jobId(), timer.command(), e.getMessage(), timer.attempt(), MUCH_LATER);
            return null;
        }
    }

    /** Ends jobs whose commands are gone; gives those that nobody knows any more. */
    private List<UUID> end(Connection connection, List<Due> gone, Sendings sendings) throws SQLException {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<UUID> unknown = new ArrayList<>();
        // Not locked: the fold locks a job before its timer, and this has the timer already.
        Map<UUID, JobState> jobs =
                JobTable.read(connection, gone.stream().map(Due::job).toList());
        for (Due timer : gone) {
            JobState job = jobs.get(timer.job());
            LOG.errorf(
                    "%s: its command at %s is no longer in the log; the job ends as expired",
                    timer.jobId(), timer.command());
            if (job == null) {
                unknown.add(timer.job());
            } else {
                sendings.send(timer, "events", () -> events.append(StopEvents.expired(job, GONE)));
            }
        }
        return unknown;
    }
}
