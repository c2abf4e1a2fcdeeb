package dev.accepted.gateway.submission;

import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The refusals of a submission whose JSON reads: all 422. */
public final class Refused {

    private static final int UNPROCESSABLE = 422;

    private Refused() {}

    /** The JSON is not what was asked for. */
    public static Problem invalid(List<InputError> errors) {
        String what = errors.size() == 1 ? "One thing is" : errors.size() + " things are";
        return Problem.of(
                        UNPROCESSABLE,
                        "validation-error",
                        "Validation error",
                        what + " wrong with the body; errors says where and why.")
                .with("errors", errors);
    }

    static Problem unknownType(String type, Collection<String> known) {
        return Problem.of(
                        UNPROCESSABLE,
                        "unknown-job-type",
                        "Unknown job type",
                        "No worker has announced the type " + shortened(type) + ".")
                .with("known_types", known);
    }

    static Problem unknownReference(String pointer, String collection, String name) {
        return Problem.of(
                        UNPROCESSABLE,
                        "unknown-reference",
                        "Unknown reference",
                        "There is no " + shortened(name) + " in " + collection + "; put it there first.")
                .with("pointer", pointer);
    }

    static Problem tooFarAhead(String pointer, Instant now, Instant max) {
        return Problem.of(
                        UNPROCESSABLE,
                        "schedule-too-far",
                        "Scheduled too far ahead",
                        "The time lies further ahead than jobs are kept; the latest is in max.")
                .with("pointer", pointer)
                .with("now", now)
                .with("max", max);
    }

    static Problem deadlineUnreachable(Instant now, String why) {
        return Problem.of(UNPROCESSABLE, "deadline-unreachable", "Deadline unreachable", why)
                .with("pointer", "/deadline")
                .with("now", now);
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
