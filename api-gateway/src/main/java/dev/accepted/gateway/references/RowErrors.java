package dev.accepted.gateway.references;

import dev.accepted.gateway.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with an upload, row by row: the first {@value #MOST}. */
final class RowErrors {

    private static final int MOST = 100;

    private final List<Map<String, String>> errors = new ArrayList<>();

    void add(String pointer, String detail, String code) {
        if (errors.size() < MOST) {
            errors.add(Map.of("pointer", pointer, "detail", detail, "code", code));
        }
    }

    boolean isFull() {
        return errors.size() == MOST;
    }

    /** Refuses the upload if anything was wrong with it. */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw Problem.of(
                            422,
                            "validation-error",
                            "Validation error",
                            "The upload has rows that are not taken; nothing of it was stored. Mend them and send it"
                                    + " again.")
                    .with("errors", errors);
        }
    }
}
