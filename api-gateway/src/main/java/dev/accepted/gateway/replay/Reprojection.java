package dev.accepted.gateway.replay;

import dev.accepted.gateway.upkeep.Halted;
import dev.accepted.gateway.upkeep.Repair;
import dev.accepted.gateway.upkeep.Repair.Purpose;
import dev.accepted.gateway.upkeep.Repair.Repaired;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.Replay.State;
import dev.accepted.store.replay.ReplayTable;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.replay.Selection.TopicRange;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes the rows of the chosen jobs again, as the log says. Nothing is sent, and nobody is told. */
@Singleton
class Reprojection implements Course {

    private static final Logger LOG = Logger.getLogger(Reprojection.class);

    /** The records of more jobs are better not kept in memory. */
    private static final int MOST = 10_000;

    private static final String TOO_MANY =
            "More than " + MOST + " jobs have a record there. Nothing was changed: choose"
                    + " a smaller range, or have the whole table rebuilt.";

    private final Repair repair;
    private final DataSource database;

    Reprojection(Repair repair, DataSource database) {
        this.repair = repair;
        this.database = database;
    }

    /**
     * What a selection comes to.
     *
     * @param jobs how many it chooses
     * @param wrong those whose rows were not what the log says
     */
    record Found(int jobs, List<Repaired> wrong) {
        int right() {
            return jobs - wrong.size();
        }
    }

    /**
     * Folds the chosen jobs again; one at a time, for the whole log is read for it.
     *
     * @throws Halted if that cannot be done; nothing was changed then
     */
    synchronized Found find(Selection selection, Purpose purpose) throws SQLException, TooMany {
        Set<UUID> jobs = chosen(selection);
        return new Found(jobs.size(), jobs.isEmpty() ? List.of() : repair.repair(jobs, purpose));
    }

    private Set<UUID> chosen(Selection selection) throws TooMany {
        Set<UUID> jobs = new HashSet<>(selection.keys());
        TopicRange topic = selection.topic();
        if (topic != null && topic.spans() != null && !topic.spans().isEmpty()) {
            jobs.addAll(repair.jobsIn(topic.name(), topic.spans(), MOST + 1));
        }
        if (jobs.size() > MOST) {
            throw new TooMany();
        }
        return jobs;
    }

    /** More jobs than can be folded again at once. */
    static final class TooMany extends Exception {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super(TOO_MANY);
        }
    }

    @Override
    public void step(Replay replay) throws SQLException {
        try {
            Found found = find(replay.selection(), Purpose.MEND);
            found.wrong().forEach(job -> LOG.infof("Replay %s wrote the row of %s again", replay.id(), job.job()));
            String sentence = "%d rows were not as the log says and are now; %d were right."
                    .formatted(found.wrong().size(), found.right());
            end(replay, found, State.SUCCEEDED, null, sentence);
        } catch (TooMany e) {
            end(replay, null, State.STOPPED, e.getMessage(), e.getMessage());
        } catch (Halted e) {
            if (Thread.currentThread().isInterrupted()) {
                // This gateway stops; another takes it up.
                return;
            }
            end(replay, null, State.STOPPED, e.why(), e.why());
        }
    }

    private void end(
            Replay replay, @Nullable Found found, State as, @Nullable String because, @Nullable String sentence)
            throws SQLException {
        Transaction.run(database, connection -> {
            if (found != null) {
                ReplayTable.counted(connection, replay.id(), found.jobs(), found.right());
            }
            ReplayTable.end(connection, replay.id(), as, because, sentence);
            return true;
        });
    }
}
