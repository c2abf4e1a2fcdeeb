package dev.accepted.gateway.webhooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Occurrence;
import dev.accepted.gateway.status.JobFinder;
import dev.accepted.gateway.submission.AcceptedBody;
import dev.accepted.store.webhook.WebhookTable.Told;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Makes the jobs that deliver messages. */
@Singleton
class Messages {

    private final IdSeal seal;
    private final UuidV7 uuids;
    private final JobFinder jobs;
    private final AcceptedBody bodies;

    Messages(IdSeal seal, UuidV7 uuids, JobFinder jobs, AcceptedBody bodies) {
        this.seal = seal;
        this.uuids = uuids;
        this.jobs = jobs;
        this.bodies = bodies;
    }

    /** A job that is ready to be sent. */
    record Ready(JobCommand command, byte[] input) {}

    /** The first delivery of a message: the same job for the same thing that happened, whoever makes it. */
    Ready first(Told told, String url, JobState state) {
        JobId id = seal.seal(WebhookDelivery.ID_PREFIX, uuidOf(told), told.tenant());
        WebhookDelivery input = new WebhookDelivery(id.text(), url, payload(told.what(), state));
        return ready(
                id,
                told.tenant(),
                factsOf(told.job().text(), told.what().event().type(), id.text()),
                input);
    }

    /** A further delivery of a message, under its own id and in its own words. */
    Ready again(JobState delivery, WebhookDelivery message) {
        JobFacts facts = delivery.facts() == null ? JobFacts.NONE : delivery.facts();
        JobId id = seal.seal(WebhookDelivery.ID_PREFIX, uuids.next(), delivery.tenant());
        return ready(id, delivery.tenant(), facts, message);
    }

    private static Ready ready(JobId id, String tenant, JobFacts facts, WebhookDelivery input) {
        JobCommand command =
                new JobCommand(id, tenant, WebhookDelivery.TYPE, WebhookDelivery.QUEUE, 1, facts, null, null);
        return new Ready(command, input.toJson());
    }

    private static JobFacts factsOf(String job, String event, String message) {
        Map<String, String> tags = Map.of(WebhookDelivery.EVENT_TAG, event, WebhookDelivery.MESSAGE_TAG, message);
        return new JobFacts(null, null, job, tags, Map.of(), Map.of(), null);
    }

    /** The job as a GET shows it when the message is made: as what happened has left it, or later. */
    private String payload(Occurrence what, JobState state) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", what.event().type());
        body.put("timestamp", what.at().truncatedTo(ChronoUnit.MILLIS).toString());
        body.set("data", bodies.of(state, jobs.seen(state).type()));
        return body.toString();
    }

    private static UUID uuidOf(Told told) {
        try {
            String what = told.job().text()
                    + '\n'
                    + told.what().event().word()
                    + '\n'
                    + told.what().place();
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return UuidV7.of(told.what().at(), sha.digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
