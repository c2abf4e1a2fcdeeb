package dev.accepted.gateway.webhooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.webhooks.Messages.Ready;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delivery as clients see it: one job of the engine's own, with the answers that its attempts got. */
final class DeliveryBody {

    private DeliveryBody() {}

    static ObjectNode of(JobState delivery, @Nullable String url) {
        JobFacts facts = delivery.facts() == null ? JobFacts.NONE : delivery.facts();
        ObjectNode body = begun(delivery.id().text(), facts.tags(), url);
        body.put("status", delivery.status().word())
                .put("done", delivery.status().done());
        time(body, "created_at", delivery.createdAt());
        attempts(body.putArray("attempts"), delivery);
        delivery.timer()
                .filter(timer -> timer.heldBy() == null)
                .ifPresent(timer -> time(body, "next_attempt_at", timer.dueAt()));
        time(body, "finished_at", delivery.finishedAt().orElse(null));
        return body;
    }

    /** One that the log has, or will have in a moment, and the table has not yet. */
    static ObjectNode of(Ready delivery, @Nullable String url) {
        ObjectNode body =
                begun(delivery.command().id().text(), delivery.command().facts().tags(), url);
        body.put("status", Status.QUEUED.word()).put("done", false);
        time(body, "created_at", delivery.command().id().createdAt());
        body.putArray("attempts");
        return body;
    }

    private static ObjectNode begun(String id, Map<String, String> tags, @Nullable String url) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("delivery_id", id);
        put(body, "webhook_id", tags.get(WebhookDelivery.MESSAGE_TAG));
        put(body, "event", tags.get(WebhookDelivery.EVENT_TAG));
        put(body, "url", url);
        return body;
    }

    private static void attempts(ArrayNode attempts, JobState delivery) {
        Map<String, Long> figures = delivery.work().counts();
        for (Attempt entry : delivery.work().history()) {
            if (entry.worker() == null) {
                continue;
            }
            ObjectNode told = attempts.addObject().put("attempt", entry.number());
            time(told, "started_at", entry.startedAt());
            time(told, "ended_at", entry.endedAt());
            figure(told, "status_code", figures.get(WebhookDelivery.statusCodeOf(entry.number())));
            figure(told, "duration_ms", figures.get(WebhookDelivery.millisOf(entry.number())));
            if (entry.error() != null) {
                told.put("error", entry.error().detail());
            }
        }
    }

    private static void figure(ObjectNode body, String member, @Nullable Long value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    private static void put(ObjectNode body, String member, @Nullable String value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    private static void time(ObjectNode body, String member, @Nullable Instant at) {
        if (at != null) {
            body.put(member, at.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
