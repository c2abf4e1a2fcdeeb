package dev.accepted.gateway.sweep;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.cancel.StopEvents;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.log.Readback;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.placement.Placement;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Makes stranded jobs move: what waits is sent again, the attempt of what is said to run is declared lost, and what has
 * no command in the log any more is ended. For one thread at a time.
 */
@Dependent
class Rescue {

    private static final Logger LOG = Logger.getLogger(Rescue.class);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final String RUN_BY_NOBODY = "The job was in no queue, under no lease and under no timer.";
    private static final String GONE = "Its command is not in the log, so it can not be sent.";
    private static final byte[] NOTHING = {};

    private final LogReader reader;
    private final LogWriter log;
    private final Placement placement;
    private final DataSource database;

    Rescue(LogReader reader, LogWriter log, Placement placement, DataSource database) {
        this.reader = reader;
        this.log = log;
        this.placement = placement;
        this.database = database;
    }

    /** Rescues as many of them as can be now; gives their number. Those that are left are stranded the next time too. */
    int rescue(List<Stranded> stranded) throws SQLException, LogAway {
        List<Uni<Position>> sendings = new ArrayList<>();
        List<Stranded> waiting = new ArrayList<>();
        List<Stranded> gone = new ArrayList<>();
        for (Stranded job : stranded) {
            if (job.status() != Status.QUEUED) {
                sendings.add(declareLost(job));
            } else if (job.command() == null) {
                gone.add(job);
            } else {
                waiting.add(job);
            }
        }
        LogWriter.await(sendings, SEND);
        return sendings.size() + sendAgain(waiting, gone) + end(gone);
    }

    /** Those whose commands the log has no more are added to the gone. */
    private int sendAgain(List<Stranded> waiting, List<Stranded> gone) throws LogAway {
        int sent = 0;
        List<Stranded> left = waiting;
        boolean full = true;
        // One round reads and sends so much as fits into memory.
        while (full && !left.isEmpty()) {
            Readback read = reader.read(left.stream().map(Rescue::place).toList(), READ);
            List<Uni<Position>> sendings = new ArrayList<>();
            List<Stranded> unread = new ArrayList<>();
            for (Stranded job : left) {
                ConsumerRecord<String, byte[]> record = read.found().get(place(job));
                if (record != null) {
                    sendAgain(job, record, sendings);
                } else if (read.gone().contains(place(job))) {
                    gone.add(job);
                } else {
                    unread.add(job);
                }
            }
            LogWriter.await(sendings, SEND);
            sent += sendings.size();
            full = read.full();
            left = unread;
        }
        return sent;
    }

    private static Position place(Stranded job) {
        return Objects.requireNonNull(job.command());
    }

    private void sendAgain(Stranded job, ConsumerRecord<String, byte[]> record, List<Uni<Position>> sendings) {
        try {
            JobCommand command =
                    CommandHeaders.read(RecordHeaderText.of(record)).withAttempt(job.attempt());
            LOG.warnf("%s attempt %d is stranded and sent again", job.jobId(), job.attempt());
            sendings.add(
                    log.append(command, record.value() == null ? NOTHING : record.value(), partition(job, command)));
        } catch (Undecodable e) {
            LOG.errorf(
                    "%s attempt %d is stranded, and its command at %s does not read: %s",
                    job.jobId(), job.attempt(), job.command(), e.getMessage());
        }
    }

    /**
     * Where it lay before: of two places of one attempt the table keeps the further one, and in another partition the new
     * one might not be that, so that the job would seem stranded for as long as it waits.
     */
    private OptionalInt partition(Stranded job, JobCommand command) {
        Position before = place(job);
        return before.topic().equals(command.topic())
                ? OptionalInt.of(before.partition())
                : placement.partition(command);
    }

    private int end(List<Stranded> gone) throws SQLException, LogAway {
        if (gone.isEmpty()) {
            return 0;
        }
        List<UUID> ids = gone.stream().map(Stranded::job).toList();
        Map<UUID, JobState> states = Transaction.run(database, connection -> JobTable.read(connection, ids));
        for (Stranded job : gone) {
            LOG.errorf(
                    "%s is stranded and its command (%s) is not in the log; it ends as expired",
                    job.jobId(), job.command());
        }
        LogWriter.await(
                states.values().stream()
                        .map(state -> log.append(StopEvents.expired(state, GONE)))
                        .toList(),
                SEND);
        return states.size();
    }

    private Uni<Position> declareLost(Stranded job) {
        LOG.warnf("%s attempt %d is run by nobody; the next attempt is sent", job.jobId(), job.attempt());
        return log.append(new JobEvent(
                job.jobId(),
                job.tenant(),
                job.type(),
                job.queue(),
                job.attempt(),
                job.command(),
                new Happening.AttemptLost(null, null, RUN_BY_NOBODY, Happening.AttemptLost.Cause.WORKER_GONE)));
    }
}
