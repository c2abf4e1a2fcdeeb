package dev.accepted.gateway.status;

import dev.accepted.contract.id.JobId;
import dev.accepted.gateway.problem.Problem;
import java.time.Duration;

/** What is answered instead of a job. */
public final class Refusals {

    private Refusals() {}

    /** The same for an unknown, a foreign and a misshapen id: nobody learns which ids there are. */
    static Problem notFound() {
        return Problem.of(
                        404,
                        "job-not-found",
                        "Job not found",
                        "There is no job under this address. Jobs are addressed by the status_url of their 202.")
                .withHeader("Cache-Control", "no-store");
    }

    static Problem gone(JobId id, Duration retention) {
        return Problem.of(
                        410,
                        "job-gone",
                        "Job gone",
                        "The job was accepted at " + id.createdAt() + "; jobs are kept for " + retention.toDays()
                                + " days and then deleted.")
                .withHeader("Cache-Control", "no-store");
    }

    /** PostgreSQL cannot be reached. */
    public static Problem tableAway() {
        return Problem.of(
                        503,
                        "temporary-reduced-capacity",
                        "Temporarily reduced capacity",
                        "How jobs stand cannot be read at the moment. No accepted job is lost; ask again later.")
                .withHeader("Retry-After", "5")
                .withHeader("Cache-Control", "no-store");
    }

    static Problem invalidParameter(String name, String why) {
        return Problem.of(400, "invalid-parameter", "Invalid parameter", "The parameter " + name + " " + why + ".")
                .with("parameter", name);
    }

    static Problem invalidCursor() {
        return Problem.of(
                400,
                "invalid-cursor",
                "Invalid cursor",
                "The cursor was not made for this request. Follow the next link as it was given, with the same"
                        + " filters, or start again without a cursor.");
    }

    static Problem expiredCursor(Duration lifetime) {
        return Problem.of(
                400,
                "invalid-cursor",
                "Invalid cursor",
                "The cursor is older than " + lifetime.toHours()
                        + " hours. Start again without a cursor; created_before" + " leads back to where you were.");
    }
}
