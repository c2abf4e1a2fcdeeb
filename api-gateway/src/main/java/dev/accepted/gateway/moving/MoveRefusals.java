package dev.accepted.gateway.moving;

import dev.accepted.contract.job.Status;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;

/** Why a job's start is not moved. */
final class MoveRefusals {

    private static final int RETRY_AFTER_SECONDS = 5;

    private MoveRefusals() {}

    static Problem finished(Status status) {
        return Problem.of(
                        409,
                        "job-already-finished",
                        "Job already finished",
                        "The job has ended as " + status.word() + " and stays so.")
                .with("job_status", status.word())
                .withHeader("Cache-Control", "no-store");
    }

    static Problem dispatched(Status status) {
        return Problem.of(
                        409,
                        "job-already-dispatched",
                        "Job already dispatched",
                        "The job was sent to its workers, so its start cannot be moved any more. It can be cancelled.")
                .with("job_status", status.word())
                .withHeader("Cache-Control", "no-store");
    }

    static Problem otherVersion(String current) {
        return Problem.of(
                        412,
                        "precondition-failed",
                        "Precondition failed",
                        "If-Match does not name the current version. Read it, and send your change on top of it.")
                .with("current_etag", current)
                .withHeader("ETag", current)
                .withHeader("Cache-Control", "no-store");
    }

    static Problem notNow() {
        return Problems.reducedCapacity(
                        "The job was accepted or moved a moment ago, or is being sent, and cannot be moved now. Nothing"
                                + " was changed; ask again after the seconds that Retry-After names.",
                        1)
                .withHeader("Cache-Control", "no-store");
    }

    static Problem logAway() {
        return Problems.reducedCapacity(
                        "The new time is noted and holds as soon as the log can be written again; until then the job"
                                + " does not start. Read the job after the seconds that Retry-After names.",
                        RETRY_AFTER_SECONDS)
                .withHeader("Cache-Control", "no-store");
    }
}
