package dev.accepted.gateway.replay;

import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.replay.Candidates;
import dev.accepted.store.replay.Mode;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.ReplayTable;
import dev.accepted.store.replay.ReplayedTable;
import dev.accepted.store.replay.ReplayedTable.Taken;
import dev.accepted.store.replay.Tally;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Sends a canary first, then the others at their pace, and stops when too many fail again. */
@Singleton
class PacedCourse implements Course {

    /** So many are written down and sent in one go. */
    private static final int BATCH = 500;

    /** More are not under way at once: whoever stops a replay does not want ten thousand more to run. */
    private static final int MOST_RUNNING = 5_000;

    private final DataSource database;
    private final Redrives redrives;
    private final Reruns reruns;
    private final UuidV7 uuids;
    private final Map<UUID, Pace> paces = new HashMap<>();

    PacedCourse(DataSource database, Redrives redrives, Reruns reruns, UuidV7 uuids) {
        this.database = database;
        this.redrives = redrives;
        this.reruns = reruns;
        this.uuids = uuids;
    }

    @Override
    public void step(Replay replay) throws SQLException, LogAway {
        Pace pace = paces.computeIfAbsent(replay.id(), id -> new Pace(System.nanoTime()));
        Tally tally = Transaction.run(database, connection -> {
            ReplayedTable.settle(connection, replay.id());
            return ReplayedTable.tally(connection, replay.id());
        });
        StopRule rule = StopRule.of(replay, tally);
        if (rule.isBroken(tally)) {
            end(replay, State.STOPPED, rule.sentence(tally));
        } else if (tally.sent() < tally.taken()) {
            send(replay, Transaction.run(database, connection -> leftBehind(connection, replay)));
        } else if (replay.isAtCanary() && (replay.exhausted() || tally.taken() >= canary(replay))) {
            passCanaryOnceItEnded(replay, tally);
        } else if (!replay.exhausted()) {
            int room = (int) Math.min(roomOf(replay, tally), MOST_RUNNING - tally.running());
            takeSome(replay, pace.room(replay.plan().rate(), System.nanoTime(), Math.min(BATCH, room)), pace);
        } else if (tally.running() == 0) {
            end(replay, State.SUCCEEDED, null);
        }
    }

    private static int canary(Replay replay) {
        Integer canary = replay.plan().canary();
        return canary == null ? 0 : canary;
    }

    private static long roomOf(Replay replay, Tally tally) {
        return replay.isAtCanary() ? canary(replay) - tally.taken() : MOST_RUNNING;
    }

    private void passCanaryOnceItEnded(Replay replay, Tally tally) throws SQLException {
        if (tally.running() == 0) {
            Transaction.run(database, connection -> {
                ReplayTable.passedCanary(connection, replay.id());
                ReplayTable.note(
                        connection,
                        replay.id(),
                        "canary-passed",
                        null,
                        tally.succeeded() + " of " + tally.sent() + " succeeded.");
                return true;
            });
        }
    }

    private void takeSome(Replay replay, int most, Pace pace) throws SQLException, LogAway {
        if (most <= 0) {
            return;
        }
        Batch batch = Transaction.run(database, connection -> {
            List<JobState> page = Candidates.page(
                    connection,
                    replay.mode(),
                    replay.selection(),
                    replay.createdAt(),
                    replay.plan().mostPerJob(),
                    replay.lastJob(),
                    most);
            List<Taken> written =
                    page.stream().map(state -> taken(replay.mode(), state)).toList();
            ReplayedTable.insert(connection, replay.id(), written);
            UUID last = page.isEmpty()
                    ? replay.lastJob()
                    : page.get(page.size() - 1).id().uuid();
            ReplayTable.lookedAt(connection, replay.id(), last, page.size() < most);
            return new Batch(
                    written,
                    page.stream().collect(Collectors.toMap(state -> state.id().uuid(), state -> state)));
        });
        pace.sent(batch.taken().size());
        send(replay, batch);
    }

    /** Jobs to be sent, and how they are. */
    private record Batch(List<Taken> taken, Map<UUID, JobState> states) {}

    /** What was written down, perhaps by another gateway, and is not known to be sent: it may have moved on since. */
    private static Batch leftBehind(Connection connection, Replay replay) throws SQLException {
        List<Taken> unsent = ReplayedTable.unsent(connection, replay.id(), BATCH);
        return new Batch(
                unsent,
                JobTable.read(connection, unsent.stream().map(Taken::job).toList()));
    }

    private Taken taken(Mode mode, JobState state) {
        return new Taken(
                state.id().uuid(), state.id().text(), state.version(), mode == Mode.FORCE ? uuids.next() : null);
    }

    private void send(Replay replay, Batch batch) throws SQLException, LogAway {
        if (batch.taken().isEmpty()) {
            return;
        }
        Sending way = replay.mode() == Mode.FORCE ? reruns : redrives;
        Sending.Done done = way.send(replay, batch.taken(), batch.states());
        Transaction.run(database, connection -> {
            ReplayedTable.sent(connection, replay.id(), done.sent());
            ReplayedTable.ended(connection, replay.id(), done.gone(), ReplayedTable.GONE);
            return true;
        });
    }

    /** Drops what is remembered of replays that are not among those. */
    void forgetOthers(List<Replay> driven) {
        paces.keySet().retainAll(driven.stream().map(Replay::id).toList());
    }

    private void end(Replay replay, State as, @Nullable String because) throws SQLException {
        Transaction.run(database, connection -> {
            ReplayTable.end(connection, replay.id(), as, because, because);
            return true;
        });
    }
}
