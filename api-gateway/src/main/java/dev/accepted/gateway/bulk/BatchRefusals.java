package dev.accepted.gateway.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import java.util.List;

/** Why a batch is none, or a part of it is not taken. */
final class BatchRefusals {

    private static final int UNPROCESSABLE = 422;
    private static final int RETRY_AFTER_SECONDS = 5;

    private BatchRefusals() {}

    static Problem empty() {
        return Problem.of(UNPROCESSABLE, "batch-empty", "Batch empty", "The batch has no items.");
    }

    static Problem moreThan(int most) {
        return Problem.of(
                        UNPROCESSABLE,
                        "batch-too-large",
                        "Batch too large",
                        "A batch of this form has " + most + " items at most; what is beyond them is not taken. Send it"
                                + " in another batch.")
                .with("max", most);
    }

    /** No item was accepted, and none will be if it is sent again. */
    static Problem rejected(int items, List<JsonNode> told) {
        return Problem.of(
                        UNPROCESSABLE,
                        "batch-rejected",
                        "Batch rejected",
                        "None of the " + items + " items is a job; items says why.")
                .with("rejected_count", items)
                .with("items", told);
    }

    /** No item was accepted, some of them because the log or the database was away. */
    static Problem notNow(int items, List<JsonNode> told) {
        return Problems.reducedCapacity(
                        "None of the " + items + " items was accepted, some of them because what they need cannot be"
                                + " reached now; items says which. Send them again.",
                        RETRY_AFTER_SECONDS)
                .with("rejected_count", items)
                .with("items", told);
    }

    /** Like an unknown job: nobody learns which there are. */
    static Problem notFound() {
        return Problem.of(
                        404,
                        "batch-not-found",
                        "Batch not found",
                        "There is no batch under this address. Batches are addressed by the status_url of their 202.")
                .withHeader("Cache-Control", "no-store");
    }

    static Problem gone() {
        return Problem.of(
                        410,
                        "batch-gone",
                        "Batch gone",
                        "The batch is older than jobs are kept; it and its jobs were deleted.")
                .withHeader("Cache-Control", "no-store");
    }
}
