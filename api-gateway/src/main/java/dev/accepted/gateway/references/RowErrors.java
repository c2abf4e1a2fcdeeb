package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with an upload, row by row: the first {@value #MOST}. */
final class RowErrors {

    private static final int MOST = 100;

    private final List<Map<String, String>> errors = new ArrayList<>();

    /** A refusal for one reason. */
    static Problem of(String pointer, String detail, String code) {
        return refusal(List.of(Map.of("pointer", pointer, "detail", detail, "code", code)));
    }

    /** Notes an error; throws when there are enough of them to stop reading. */
    void add(String pointer, String detail, String code) {
        errors.add(Map.of("pointer", pointer, "detail", detail, "code", code));
        if (errors.size() == MOST) {
            throwIfAny();
        }
    }

    /** Refuses the upload if anything was wrong with it. */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw refusal(List.copyOf(errors));
        }
    }

    private static Problem refusal(List<Map<String, String>> errors) {
        return Problem.of(
                        422,
                        "validation-error",
                        "Validation error",
                        "The upload has rows that are not taken; nothing of it was stored. Mend them and send it"
                                + " again.")
                .with("errors", errors);
    }
}
