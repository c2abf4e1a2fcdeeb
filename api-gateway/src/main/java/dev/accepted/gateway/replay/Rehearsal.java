package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Phase;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.replay.Reprojection.Found;
import dev.accepted.gateway.replay.Reprojection.TooMany;
import dev.accepted.gateway.submission.Refused;
import dev.accepted.gateway.upkeep.Repair.Purpose;
import dev.accepted.store.job.JobCensus.Stranded;
import dev.accepted.store.replay.Candidates;
import dev.accepted.store.replay.Candidates.Counts;
import dev.accepted.store.replay.Mode;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.transaction.Transaction;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/** What a replay would do, without doing it: how many jobs, why they are as they are, how old, a few of them. Blocks. */
@Singleton
class Rehearsal {

    private static final int SAMPLE = 10;
    private static final UUID FIRST = new UUID(0, 0);

    private final DataSource database;
    private final Strandings strandings;
    private final Reprojection reprojection;
    private final Clock clock;

    Rehearsal(DataSource database, Strandings strandings, Reprojection reprojection, Clock clock) {
        this.database = database;
        this.strandings = strandings;
        this.reprojection = reprojection;
        this.clock = clock;
    }

    /**
     * Looks.
     *
     * @param selection with what its range of a topic comes to
     */
    ObjectNode of(ReplayBody order, Selection selection) throws SQLException, ExecutionException, InterruptedException {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("dry_run", true)
                .put("mode", order.mode().word());
        return switch (order.mode()) {
            case MISSING -> stranded(shown, strandings.find(selection));
            case PROJECT -> wrong(shown, selection);
            case FAILED, FORCE -> ended(shown, order, selection);
        };
    }

    private static ObjectNode stranded(ObjectNode shown, List<Stranded> found) {
        shown.put("matched", found.size()).put("left_out", 0);
        ArrayNode sample = shown.putArray("sample");
        found.stream()
                .limit(SAMPLE)
                .forEach(job -> sample.addObject()
                        .put("job_id", job.jobId())
                        .put("type", job.type())
                        .put("tenant", job.tenant())
                        .put("status", job.status().word())
                        .put("attempt", job.attempt()));
        return shown;
    }

    private ObjectNode wrong(ObjectNode shown, Selection selection) throws SQLException {
        try {
            Found found = reprojection.find(selection, Purpose.LOOK);
            shown.put("matched", found.jobs()).put("left_out", found.right());
            ArrayNode sample = shown.putArray("sample");
            found.wrong().stream()
                    .limit(SAMPLE)
                    .map(job -> job.after() == null ? job.before() : job.after())
                    .filter(Objects::nonNull)
                    .forEach(state -> sample.add(shown(state)));
            return shown;
        } catch (TooMany e) {
            throw Refused.invalid(List.of(new InputError("/select", String.valueOf(e.getMessage()), "maximum")));
        }
    }

    private ObjectNode ended(ObjectNode shown, ReplayBody order, Selection selection) throws SQLException {
        Instant now = clock.instant();
        Mode mode = order.mode();
        int mostPerJob = order.plan().mostPerJob();
        return Transaction.run(database, connection -> {
            Counts counts = Candidates.count(connection, mode, selection, now, mostPerJob);
            shown.put("matched", counts.matched()).put("left_out", counts.leftOut());
            ShownReplay.causes(shown, Candidates.causes(connection, mode, selection, now));
            ArrayNode ages = shown.putArray("ages");
            Candidates.ages(connection, mode, selection, now).forEach((under, count) -> {
                ObjectNode age = ages.addObject();
                if (!under.isEmpty()) {
                    age.put("under", under);
                }
                age.put("count", count);
            });
            ArrayNode sample = shown.putArray("sample");
            Candidates.page(connection, mode, selection, now, mostPerJob, FIRST, SAMPLE)
                    .forEach(state -> sample.add(shown(state)));
            return shown;
        });
    }

    private static ObjectNode shown(JobState state) {
        ObjectNode job = JsonNodeFactory.instance
                .objectNode()
                .put("job_id", state.id().text())
                .put("type", state.type())
                .put("tenant", state.tenant())
                .put("status", state.status().word());
        if (state.phase() instanceof Phase.Ended ended) {
            job.put("finished_at", ended.at().truncatedTo(ChronoUnit.MILLIS).toString());
            if (ended.error() != null) {
                job.put("error", "/problems/" + ended.error().slug())
                        .put("detail", ended.error().detail());
            }
        }
        return job.put("attempt", state.phase().attempt());
    }
}
