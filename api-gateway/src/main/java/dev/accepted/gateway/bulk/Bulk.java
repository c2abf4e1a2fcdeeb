package dev.accepted.gateway.bulk;

import dev.accepted.contract.id.JobId;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import dev.accepted.gateway.submission.BatchedJobs;
import dev.accepted.gateway.submission.BatchedJobs.Sender;
import dev.accepted.gateway.submission.BodyReader;
import dev.accepted.gateway.submission.BodyRoom;
import dev.accepted.gateway.submission.MediaTypes;
import dev.accepted.store.bulk.BatchTable;
import dev.accepted.store.transaction.Transaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Takes a batch all the way to its 202, cheap checks first. */
@ApplicationScoped
class Bulk {

    /** Of one JSON document, which is held whole. */
    static final int MOST_ITEMS = 1_000;

    /** Of a stream. */
    static final int MOST_LINES = 100_000;

    private static final Logger LOG = Logger.getLogger(Bulk.class);

    private final CurrentCaller current;
    private final BatchedJobs jobs;
    private final BatchIds ids;
    private final BodyRoom room;
    private final DataSource database;

    Bulk(CurrentCaller current, BatchedJobs jobs, BatchIds ids, BodyRoom room, DataSource database) {
        this.current = current;
        this.jobs = jobs;
        this.ids = ids;
        this.room = room;
        this.database = database;
    }

    Uni<Response> submit(RoutingContext context) {
        boolean asLines = Negotiation.asksForLines(context);
        boolean lines = MediaTypes.isLines(context.request().headers());
        long longest = jobs.longestItem();
        BodyReader.requireWithin(context, lines ? Long.MAX_VALUE : longest);
        Caller caller = current.get();
        jobs.requireAny(caller);
        MediaTypes.requireJsonOrLines(context.request().headers());
        jobs.admitRequest(caller, context);
        JobId batch = ids.next(caller.tenant());
        Outcomes outcomes = new Outcomes(Origin.of(context));
        BatchAnswer answer = new BatchAnswer(batch.text(), Origin.of(context), outcomes, asLines);
        Sender sender = new Sender(caller, batch.text(), context.request().getHeader("traceparent"));
        BatchRun run = new BatchRun(batch.text(), item -> jobs.accept(item, sender), outcomes);
        return (lines ? stream(context, longest, run) : document(context, longest, run))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(sent -> {
                    answer.requireSomething();
                    note(batch, caller.tenant(), outcomes);
                    return answer.accepted();
                });
    }

    private Uni<?> stream(RoutingContext context, long longest, BatchRun run) {
        return LineStream.submit(context, room, new LineSplitter(longest, MOST_LINES), run)
                .invoke(bytes -> {
                    if (bytes == 0) {
                        throw Problem.of(
                                400, "empty-body", "Empty body", "Lines of JSON are expected; the body is empty.");
                    }
                });
    }

    private Uni<?> document(RoutingContext context, long longest, BatchRun run) {
        return BodyReader.read(context, longest, room)
                .chain(body -> room.forTreeOf(body.length, () -> JsonItems.of(body, MOST_ITEMS)))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(items -> submitted(items, run));
    }

    private static Uni<?> submitted(List<Item> items, BatchRun run) {
        return Uni.createFrom().completionStage(run.submit(items));
    }

    /**
     * Notes how many jobs there are, before anybody asks. The jobs are in the log, so the batch is accepted whatever
     * becomes of this; without it the count is of the rows that are there.
     */
    private void note(JobId batch, String tenant, Outcomes outcomes) {
        try {
            Transaction.run(database, connection -> {
                BatchTable.insert(
                        connection,
                        new BatchTable.Batch(
                                batch.uuid(), tenant, outcomes.accepted(), outcomes.rejected(), outcomes.replayed()));
                return true;
            });
        } catch (SQLException e) {
            LOG.warnf("%s is accepted and its size is not noted: %s", batch, e.getMessage());
        }
    }
}
