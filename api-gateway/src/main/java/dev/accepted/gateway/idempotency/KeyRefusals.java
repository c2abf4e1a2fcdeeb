package dev.accepted.gateway.idempotency;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;

/** What requests with a key, or without one, are refused with. */
public final class KeyRefusals {

    /** Member of a refusal after which the job may come all the same. */
    static final String MAYBE_ACCEPTED = "maybe_accepted";

    private static final String LINK = "Link";
    private static final int RETRY_AFTER_SECONDS = 5;

    private KeyRefusals() {}

    /** This deployment takes no submission without a key. */
    public static Problem missing() {
        return Problem.of(
                        400,
                        "idempotency-key-missing",
                        "Idempotency-Key missing",
                        "Submissions need an Idempotency-Key here, so that a request that is sent again makes no second"
                                + " job. Nothing was accepted.")
                .withHeader(LINK, "</problems/idempotency-key-missing>; rel=\"describedby\"");
    }

    static Problem invalid(String why) {
        return Problem.of(
                        400,
                        "idempotency-key-invalid",
                        "Idempotency-Key invalid",
                        why + " Send one Idempotency-Key of 1 to 255 printable ASCII characters, in double quotes.")
                .withHeader(LINK, "</problems/idempotency-key-invalid>; rel=\"describedby\"");
    }

    static Problem reused(String statusUrl) {
        return Problem.of(
                        422,
                        "idempotency-key-reused",
                        "Idempotency-Key reused",
                        "This key was sent before with another request; the job of that one is at status_url. Nothing of"
                                + " this request was accepted: send it with a key of its own.")
                .with("status_url", statusUrl);
    }

    static Problem inProgress() {
        return Problem.of(
                        409,
                        "idempotency-in-progress",
                        "Idempotent request in progress",
                        "The first request with this key is still being committed. Send the same request again, with the"
                                + " same key.")
                .withHeader("Retry-After", "1");
    }

    static Problem tableAway() {
        return Problems.reducedCapacity(
                "The job was not accepted: the key cannot be looked up now. Send the same request again, with the same"
                        + " key; without a key it would be accepted, and perhaps be a second job.",
                RETRY_AFTER_SECONDS);
    }

    /** Whether the refusal of an append leaves open what becomes of it. */
    static boolean leavesOpen(Throwable failure) {
        return !(failure instanceof Problem problem) || problem.members().containsKey(MAYBE_ACCEPTED);
    }

    /** The refusal of an append as one hears it who has sent a key. */
    public static Throwable withKey(Throwable failure) {
        return failure instanceof Problem && leavesOpen(failure) ? unknown() : failure;
    }

    static Problem unknown() {
        return Problems.reducedCapacity(
                        "It is not known whether the job was accepted: the log did not answer in time and may have taken"
                                + " it. Send the same request again with the same key; no second job comes of it.",
                        RETRY_AFTER_SECONDS)
                .with(MAYBE_ACCEPTED, true);
    }
}
