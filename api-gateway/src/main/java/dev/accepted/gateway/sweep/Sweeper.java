package dev.accepted.gateway.sweep;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.gateway.system.Loops;
import dev.accepted.store.job.JobCensus;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.transaction.Transaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The safety net: sends again what is stranded. One gateway at a time does it. */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final String REASON = "The job was in no queue, under no lease and under no timer.";
    private static final byte[] NOTHING = {};

    private final Whereabouts whereabouts;
    private final LogReader reader;
    private final LogWriter log;
    private final DataSource database;
    private final Loops loops;
    private final Duration period;
    private final Counter rescued;

    Sweeper(
            Whereabouts whereabouts,
            LogReader reader,
            LogWriter log,
            DataSource database,
            Loops loops,
            GatewayConfig config,
            MeterRegistry metrics) {
        this.whereabouts = whereabouts;
        this.reader = reader;
        this.log = log;
        this.database = database;
        this.loops = loops;
        this.period = config.sweep().period();
        this.rescued = Counter.builder("accepted.sweep.rescued")
                .description("Stranded jobs that were sent again, or whose attempt was declared lost")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        loops.every(period, this::sweep);
    }

    void sweep() {
        try {
            Transaction.run(database, connection -> {
                // Held until the transaction ends: the other gateways need not look too.
                if (JobCensus.isMyTurn(connection)) {
                    rescue(whereaboutsNow());
                }
                return true;
            });
        } catch (FoldBehind e) {
            LOG.debugf("Nothing is swept now: %s", e.getMessage());
        } catch (SQLException | KafkaException | IllegalStateException e) {
            LOG.warnf("Stranded jobs cannot be looked for; tried again in %s: %s", period, e.getMessage());
        }
    }

    private List<Stranded> whereaboutsNow() throws SQLException {
        try {
            return whereabouts.find(PATIENCE).stranded();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private void rescue(List<Stranded> stranded) {
        List<Stranded> waiting = stranded.stream()
                .filter(job -> job.status() == Status.QUEUED && job.command() != null)
                .toList();
        Map<Position, ConsumerRecord<String, byte[]>> commands = commands(waiting);
        List<Uni<Position>> sendings = new ArrayList<>();
        for (Stranded job : stranded) {
            if (job.status() != Status.QUEUED) {
                sendings.add(declareLost(job));
            } else {
                ConsumerRecord<String, byte[]> command = job.command() == null ? null : commands.get(job.command());
                if (command == null) {
                    LOG.errorf("%s is stranded, and its command at %s is not in the log", job.jobId(), job.command());
                } else {
                    sendings.add(sendAgain(job, command));
                }
            }
        }
        if (!sendings.isEmpty()) {
            Uni.join().all(sendings).andFailFast().await().atMost(SEND);
            rescued.increment(sendings.size());
        }
    }

    private Map<Position, ConsumerRecord<String, byte[]>> commands(List<Stranded> jobs) {
        Map<String, List<Position>> byPartition = new HashMap<>();
        for (Stranded job : jobs) {
            Position at = Objects.requireNonNull(job.command());
            byPartition
                    .computeIfAbsent(at.topic() + "/" + at.partition(), partition -> new ArrayList<>())
                    .add(at);
        }
        Map<Position, ConsumerRecord<String, byte[]>> commands = new HashMap<>();
        byPartition.forEach((partition, places) -> {
            try {
                commands.putAll(reader.read(places, READ));
            } catch (KafkaException e) {
                LOG.warnf("Commands in %s cannot be read back now: %s", partition, e.getMessage());
            }
        });
        return commands;
    }

    private Uni<Position> sendAgain(Stranded job, ConsumerRecord<String, byte[]> record) {
        LOG.warnf("%s attempt %d is stranded and sent again", job.jobId(), job.attempt());
        try {
            JobCommand command =
                    CommandHeaders.read(RecordHeaderText.of(record)).withAttempt(job.attempt());
            return log.append(command, record.value() == null ? NOTHING : record.value());
        } catch (Undecodable e) {
            throw new IllegalStateException(job.jobId() + ": its command does not read any more", e);
        }
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
                new Happening.AttemptLost(null, null, REASON, Happening.AttemptLost.Cause.WORKER_GONE)));
    }
}
