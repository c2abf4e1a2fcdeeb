package dev.accepted.gateway.quota;

import dev.accepted.gateway.problem.Problem;
import java.util.List;

/** The answers to tenants who have had their share: all 429. */
final class Refusals {

    private static final int TOO_MANY = 429;
    private static final String RETRY_AFTER = "Retry-After";

    private Refusals() {}

    static Problem quotaExceeded(String policy, long seconds) {
        return Problem.of(
                        TOO_MANY,
                        "quota-exceeded",
                        "Quota exceeded",
                        "Your tenant has submitted what it may for now; nothing was accepted. Send the same request again"
                                + " after " + seconds + " s.")
                .with("violated_policies", List.of(policy))
                .withHeader(RETRY_AFTER, Long.toString(seconds));
    }

    static Problem queueFull(long limit, long depth, long seconds) {
        return Problem.of(
                        TOO_MANY,
                        "queue-full",
                        "Queue full",
                        "Your tenant has as many unfinished jobs as it may; nothing was accepted. Send the same request"
                                + " again when some of them have ended, after " + seconds + " s.")
                .with("queue_limit", limit)
                .with("queue_depth", depth)
                .withHeader(RETRY_AFTER, Long.toString(seconds));
    }
}
