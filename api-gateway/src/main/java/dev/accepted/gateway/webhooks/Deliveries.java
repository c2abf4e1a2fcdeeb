package dev.accepted.gateway.webhooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import dev.accepted.gateway.log.LogReader;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.status.Refusals;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.job.ReferencingJobs;
import dev.accepted.store.transaction.Transaction;
import dev.accepted.store.webhook.WebhookTable;
import dev.accepted.store.webhook.WebhookTable.Told;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Reads what was delivered of a job. Blocks. */
@Singleton
class Deliveries {

    private static final int MOST = 200;
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final Duration READ = Duration.ofSeconds(2);

    private final DataSource database;
    private final Messages messages;
    private final LogReader log;

    Deliveries(DataSource database, Messages messages, LogReader log) {
        this.database = database;
        this.messages = messages;
        this.log = log;
    }

    /** All deliveries of a job, oldest first: those that the table has, then those that are to be made. */
    ObjectNode of(JobState job) {
        String url = urlOf(job);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("job_id", job.id().text());
        ArrayNode items = body.putArray("items");
        reading(connection -> {
            // What is to be made is read first: what is made in between is then told twice rather than not at all.
            List<Told> unsent = WebhookTable.unsentOf(connection, job.id().uuid());
            List<JobState> made =
                    ReferencingJobs.find(connection, job.tenant(), job.id().text(), WebhookDelivery.TYPE, MOST);
            made.forEach(delivery -> items.add(DeliveryBody.of(delivery, url)));
            unsent.stream()
                    .map(told -> messages.first(told, String.valueOf(url), job))
                    .filter(ready -> made.stream()
                            .noneMatch(delivery ->
                                    delivery.id().equals(ready.command().id())))
                    .forEach(ready -> items.add(DeliveryBody.of(ready, url)));
            return made.size();
        });
        return body;
    }

    /**
     * A further delivery of the message that one of a job's deliveries delivers.
     *
     * @throws Problem 404 if that is none of the job's, 503 if the message cannot be read back now
     */
    Messages.Ready again(JobState job, String delivery) {
        JobId id = JobId.parse(delivery).orElseThrow(Deliveries::notFound);
        JobState found = Optional.ofNullable(reading(connection -> JobTable.read(connection, List.of(id.uuid())))
                        .get(id.uuid()))
                .filter(state -> state.id().equals(id) && isOf(state, job))
                .orElseThrow(Deliveries::notFound);
        return messages.again(found, messageOf(found));
    }

    static @Nullable String urlOf(JobState job) {
        Callback callback = job.facts() == null ? null : job.facts().callback();
        return callback == null ? null : callback.url();
    }

    private static boolean isOf(JobState delivery, JobState job) {
        return delivery.type().equals(WebhookDelivery.TYPE)
                && delivery.tenant().equals(job.tenant())
                && delivery.facts() != null
                && job.id().text().equals(delivery.facts().clientReference());
    }

    /** The message lies in the log, where the delivery's command is. */
    private synchronized WebhookDelivery messageOf(JobState delivery) {
        Position at = delivery.command();
        ConsumerRecord<String, byte[]> record =
                at == null ? null : log.read(List.of(at), READ).found().get(at);
        if (record == null || !delivery.id().text().equals(record.key())) {
            throw notReadNow();
        }
        try {
            return WebhookDelivery.read(record.value());
        } catch (Undecodable e) {
            throw new IllegalStateException("The command of " + delivery.id() + " does not read", e);
        }
    }

    private static Problem notFound() {
        return Problem.of(
                        404,
                        "delivery-not-found",
                        "Delivery not found",
                        "The job has no delivery of that id; GET its deliveries for those that it has.")
                .withHeader("Cache-Control", "no-store");
    }

    private static Problem notReadNow() {
        return Problems.reducedCapacity(
                "Nothing was sent: the message cannot be read back from the log at the moment.", RETRY_AFTER_SECONDS);
    }

    private <T> T reading(Transaction.Work<T> work) {
        try {
            return Transaction.run(database, work);
        } catch (SQLException e) {
            throw Refusals.tableAway();
        }
    }
}
