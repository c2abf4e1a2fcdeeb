package dev.accepted.gateway.replay;

import dev.accepted.contract.Undecodable;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.gateway.log.Readback;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.gateway.placement.Placement;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.ReplayedTable.Taken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Runs ended jobs again as new ones: the command out of the log, with the same input and the same reference data, at
 * once and without a deadline. Nobody but the operator is told of it: no callback goes along.
 */
@Singleton
class Reruns implements Sending {

    private static final Logger LOG = Logger.getLogger(Reruns.class);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration SEND = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};

    private final LogReader reader;
    private final LogWriter log;
    private final Placement placement;
    private final IdSeal seal;

    Reruns(LogReader reader, LogWriter log, Placement placement, IdSeal seal) {
        this.reader = reader;
        this.log = log;
        this.placement = placement;
        this.seal = seal;
    }

    @Override
    public Done send(Replay replay, List<Taken> taken, Map<UUID, JobState> states) throws LogAway {
        Map<Position, Taken> places = new HashMap<>();
        List<UUID> gone = new ArrayList<>();
        for (Taken job : taken) {
            JobState state = states.get(job.job());
            if (state == null || state.command() == null) {
                gone.add(job.job());
            } else {
                places.put(state.command(), job);
            }
        }
        Readback read = reader.read(places.keySet(), READ);
        List<Uni<Position>> sendings = new ArrayList<>();
        List<UUID> sent = new ArrayList<>();
        places.forEach((place, job) -> {
            ConsumerRecord<String, byte[]> record = read.found().get(place);
            if (record != null && rerun(record, job, replay, sendings)) {
                sent.add(job.job());
            } else if (record != null || read.gone().contains(place)) {
                gone.add(job.job());
            }
        });
        LogWriter.await(sendings, SEND);
        return new Done(sent, gone);
    }

    private boolean rerun(
            ConsumerRecord<String, byte[]> record, Taken job, Replay replay, List<Uni<Position>> sendings) {
        try {
            JobCommand again = again(CommandHeaders.read(RecordHeaderText.of(record)), job);
            LOG.infof("%s runs again as %s, by %s", job.jobId(), again.id(), replay.actor());
            sendings.add(
                    log.append(again, record.value() == null ? NOTHING : record.value(), placement.partition(again)));
            return true;
        } catch (Undecodable e) {
            LOG.errorf("The command of %s does not read, so it is not run again: %s", job.jobId(), e.getMessage());
            return false;
        }
    }

    /** A job that is itself a replay is run again as one of the job that it all began with: its effects are keyed by that. */
    private JobCommand again(JobCommand command, Taken job) {
        JobFacts facts = command.facts();
        UUID runsAs = Objects.requireNonNull(job.runsAs());
        return new JobCommand(
                seal.seal(command.id().prefix(), runsAs, command.tenant()),
                command.tenant(),
                command.type(),
                command.queue(),
                1,
                new JobFacts(
                        null,
                        null,
                        facts.clientReference(),
                        facts.tags(),
                        facts.counts(),
                        facts.references(),
                        facts.replayOf() == null ? command.id().text() : facts.replayOf()),
                command.dataRef(),
                null);
    }
}
