package dev.accepted.gateway.webhooks;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.submission.CommandLog;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import dev.accepted.store.webhook.WebhookTable.Told;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the jobs that deliver what is to be told, and notes that the log has them, in the transaction that holds the
 * locks. A gateway that stops between the two leaves them to the next one, which makes the same jobs again: that is a
 * duplicate, and of a job only one attempt runs.
 */
@Singleton
class DeliveryMaker {

    static final int MOST = 250;

    private static final Logger LOG = Logger.getLogger(DeliveryMaker.class);
    private static final Duration SEND = Duration.ofSeconds(6);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final DataSource database;
    private final Messages messages;
    private final CommandLog log;

    DeliveryMaker(DataSource database, Messages messages, CommandLog log) {
        this.database = database;
        this.messages = messages;
        this.log = log;
    }

    private record Sent(Told told, CompletableFuture<Position> acknowledged) {}

    /** Makes some of the jobs that are to be made; gives how many there were. */
    int makeSome() throws SQLException {
        return Transaction.run(database, connection -> {
            List<Told> unsent = WebhookTable.lockUnsent(connection, MOST);
            if (!unsent.isEmpty()) {
                make(connection, unsent);
            }
            return unsent.size();
        });
    }

    private void make(Connection connection, List<Told> unsent) throws SQLException {
        // Not locked: the fold locks a job before what is to be told of it, and this has the latter already.
        Map<UUID, JobState> jobs = JobTable.read(
                connection,
                unsent.stream().map(told -> told.job().uuid()).distinct().toList());
        List<Sent> sent = new ArrayList<>();
        List<Told> over = new ArrayList<>();
        List<Told> late = new ArrayList<>();
        for (Told told : unsent) {
            JobState state = jobs.get(told.job().uuid());
            Callback callback = callbackOf(state);
            if (state == null || callback == null) {
                LOG.errorf(
                        "%s: its row is gone, so nobody is told that it has %s",
                        told.job(), told.what().event());
                over.add(told);
                continue;
            }
            try {
                Messages.Ready job = messages.first(told, callback.url(), state);
                sent.add(new Sent(told, log.append(job.command(), job.input()).subscribeAsCompletionStage()));
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s: unexpected; what is to be told of it is tried again in %s", told.job(), LATER);
                late.add(told);
            }
        }
        await(sent, over, late);
        WebhookTable.sent(connection, over);
        WebhookTable.putOff(connection, late, LATER);
    }

    private static @Nullable Callback callbackOf(@Nullable JobState state) {
        return state == null || state.facts() == null ? null : state.facts().callback();
    }

    private static void await(List<Sent> sent, List<Told> acknowledged, List<Told> late) {
        long deadline = System.nanoTime() + SEND.toNanos();
        int before = late.size();
        for (Sent each : sent) {
            try {
                each.acknowledged.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                acknowledged.add(each.told);
            } catch (ExecutionException | TimeoutException e) {
                late.add(each.told);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                late.add(each.told);
            }
        }
        if (late.size() > before) {
            LOG.warnf("%d webhooks could not be handed on; tried again in %s", late.size() - before, LATER);
        }
    }
}
