package dev.accepted.gateway.queues;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.estimates.QueueFlow;
import dev.accepted.store.queue.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How one queue stands.
 *
 * @param oldest how long the command waits that came first of those that wait; empty if none does, or if it cannot be read
 * @param pause null if it is not paused
 */
record QueueStatus(
        String queue,
        QueueFlow flow,
        Optional<Duration> oldest,
        @Nullable Pause pause) {

    /** As operators see it; what is not known is not there. */
    ObjectNode shown() {
        ObjectNode shown =
                JsonNodeFactory.instance.objectNode().put("queue", queue).put("depth", flow.depth());
        oldest.ifPresent(age -> shown.put("oldest_age_seconds", age.toMillis() / 1000.0));
        rate(shown, "rate_in", flow.in());
        rate(shown, "rate_out", flow.out());
        shown.put("running", flow.pool().running())
                .put("slots", flow.pool().slots())
                .put("workers", flow.pool().workers())
                .put("paused", pause != null);
        if (pause != null) {
            shown.put("paused_since", pause.since().toString());
            if (pause.reason() != null) {
                shown.put("reason", pause.reason());
            }
            if (pause.by() != null) {
                shown.put("paused_by", pause.by());
            }
        }
        return shown;
    }

    private static void rate(ObjectNode shown, String member, OptionalDouble rate) {
        rate.ifPresent(perSecond -> shown.put(member, Math.round(perSecond * 100) / 100.0));
    }
}
