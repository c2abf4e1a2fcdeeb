package dev.accepted.gateway.replay;

import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.gateway.log.LogWriter;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.ReplayedTable.Taken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Has failed and expired jobs tried again: one event each. The fold makes a timer of it, which sends the command again as
 * the next attempt; what the job counted as failures does not count any more.
 */
@Singleton
class Redrives implements Sending {

    private static final Duration SEND = Duration.ofSeconds(10);

    private final LogWriter log;

    Redrives(LogWriter log) {
        this.log = log;
    }

    @Override
    public Done send(Replay replay, List<Taken> taken, Map<UUID, JobState> states) throws LogAway {
        List<Uni<Position>> events = new ArrayList<>();
        List<UUID> sent = new ArrayList<>();
        List<UUID> gone = new ArrayList<>();
        for (Taken job : taken) {
            JobState state = states.get(job.job());
            if (state == null) {
                gone.add(job.job());
                continue;
            }
            // One that has moved on was taken up already, by this replay before a crash or by another.
            if (state.version() == job.version() && isRedrivable(state)) {
                events.add(log.append(redriven(state, replay)));
            }
            sent.add(job.job());
        }
        LogWriter.await(events, SEND);
        return new Done(sent, gone);
    }

    private static boolean isRedrivable(JobState state) {
        return state.phase() instanceof Phase.Ended ended && ended.redrivable();
    }

    private static JobEvent redriven(JobState state, Replay replay) {
        int attempt = state.phase().attempt();
        return new JobEvent(
                state.id().text(),
                state.tenant(),
                state.type(),
                state.queue(),
                attempt,
                state.dispatched() == attempt ? state.command() : null,
                new Happening.Redriven(replay.actor(), replay.reason() + " (replay " + replay.id() + ")"));
    }
}
