package dev.accepted.engine.lease;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownLimitsTest {

    private final KnownLimits limits = new KnownLimits();
    private final JobCommand command = command("acme", "probe.noop", "probe");

    private static JobCommand command(String tenant, String type, String queue) {
        return new JobCommand(new JobId("job-1", new UUID(1, 1)), tenant, type, queue, 1, JobFacts.NONE, null, null);
    }

    @Test
    void whatIsUnderNoLimitIsClaimedAsIfThereWereNone() {
        assertFalse(limits.concern(command));
        limits.heard(
                Set.of(new Limit(Kind.TENANT, "probe"), new Limit(Kind.QUEUE, "acme"), new Limit(Kind.TYPE, "probe")));
        assertFalse(limits.concern(command));
    }

    @Test
    void eachKindConcernsItsOwn() {
        for (Limit limit : Set.of(
                new Limit(Kind.TENANT, "acme"),
                new Limit(Kind.TENANT, "*"),
                new Limit(Kind.QUEUE, "probe"),
                new Limit(Kind.TYPE, "probe.noop"))) {
            limits.heard(Set.of(limit));
            assertTrue(limits.concern(command), limit.text());
            limits.heard(Set.of());
            assertFalse(limits.concern(command), limit.text());
        }
    }

    @Test
    void aTenantsLimitDoesNotConcernWhatItIsTold() {
        limits.heard(Set.of(new Limit(Kind.TENANT, "acme"), new Limit(Kind.TENANT, "*")));
        assertFalse(limits.concern(command("acme", WebhookDelivery.TYPE, WebhookDelivery.QUEUE)));
    }
}
