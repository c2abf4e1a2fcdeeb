package dev.accepted.gateway.timers;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.timer.TimerTable.Due;
import dev.accepted.store.transaction.Transaction;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Sends the commands whose time has come: reads each back from its place in the log and sends its next attempt. */
@ApplicationScoped
class TimerFirer {

    private static final Logger LOG = Logger.getLogger(TimerFirer.class);
    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final int MOST = 500;
    private static final byte[] NOTHING = {};

    private final DataSource database;
    private final LogReader reader;
    private final LogWriter log;
    private final Loops loops;

    TimerFirer(DataSource database, LogReader reader, LogWriter log, Loops loops) {
        this.database = database;
        this.reader = reader;
        this.log = log;
        this.loops = loops;
    }

    void start(@Observes StartupEvent started) {
        loops.every(PERIOD, this::fireAllDue);
    }

    private void fireAllDue() {
        try {
            int fired = MOST;
            while (fired == MOST) {
                fired = fireSome();
            }
        } catch (SQLException | KafkaException e) {
            LOG.warnf("Timers cannot be fired; tried again in %s: %s", PERIOD, e.getMessage());
        }
    }

    private int fireSome() throws SQLException {
        return Transaction.run(database, connection -> {
            List<Due> due = TimerTable.lockDue(connection, MOST);
            if (!due.isEmpty()) {
                TimerTable.drop(connection, send(due));
            }
            return due.size();
        });
    }

    /** Sends what is due; gives the jobs whose timers have served. */
    private List<UUID> send(List<Due> due) {
        Map<Position, ConsumerRecord<String, byte[]>> records =
                reader.read(due.stream().map(Due::command).toList(), READ);
        List<Uni<UUID>> sendings = new ArrayList<>();
        for (Due timer : due) {
            ConsumerRecord<String, byte[]> record = records.get(timer.command());
            if (record == null) {
                LOG.errorf("%s: its command at %s is not in the log; its timer stays", timer.jobId(), timer.command());
            } else {
                sendings.add(send(timer, record));
            }
        }
        return sendings.isEmpty()
                ? List.of()
                : Uni.join().all(sendings).andFailFast().await().atMost(SEND);
    }

    private Uni<UUID> send(Due timer, ConsumerRecord<String, byte[]> record) {
        try {
            JobCommand command =
                    CommandHeaders.read(RecordHeaderText.of(record)).withAttempt(timer.attempt());
            byte[] input = record.value() == null ? NOTHING : record.value();
            return log.append(command, input).map(at -> timer.job());
        } catch (Undecodable e) {
            throw new IllegalStateException(timer.jobId() + ": its command does not read any more", e);
        }
    }
}
