package dev.accepted.gateway.webhooks;

import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.http.Workers;

/** The type of the jobs that deliver, as its worker announces it. */
public final class Delivering {

    public static final JobTypeDescriptor TYPE = type();

    private Delivering() {}

    private static JobTypeDescriptor type() {
        JobTypeDescriptor plain =
                Workers.type(WebhookDelivery.TYPE, WebhookDelivery.QUEUE, null, "{\"type\":\"object\"}");
        return new JobTypeDescriptor(
                plain.type(),
                plain.queue(),
                plain.title(),
                null,
                WebhookDelivery.ID_PREFIX,
                plain.idMember(),
                plain.statusPath(),
                plain.scope(),
                plain.anonymous(),
                plain.maxInputBytes(),
                null,
                plain.counters(),
                plain.references(),
                plain.typicalDuration(),
                plain.timeout(),
                plain.retry(),
                plain.inputSchema(),
                null,
                plain.receipt(),
                true,
                false);
    }
}
