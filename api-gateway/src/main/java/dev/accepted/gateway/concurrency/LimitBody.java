package dev.accepted.gateway.concurrency;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.submission.JsonReader;
import dev.accepted.gateway.submission.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of a limit: {@code {"most": 10, "reason": "…"}}.
 *
 * @param reason for other operators; none if null
 */
record LimitBody(int most, @Nullable String reason) {

    private static final String MOST = "most";
    private static final String REASON = "reason";
    private static final int HIGHEST = 1_000_000;
    private static final int LONGEST_REASON = 255;

    /**
     * Reads it.
     *
     * @throws dev.accepted.gateway.problem.Problem 400 or 422 for a body that is anything else
     */
    static LimitBody read(byte[] body) {
        JsonNode said = JsonReader.OF_INPUTS.tree(body);
        List<InputError> errors = errors(said);
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        return new LimitBody(said.path(MOST).intValue(), said.path(REASON).textValue());
    }

    private static List<InputError> errors(JsonNode said) {
        if (!said.isObject()) {
            return List.of(new InputError("", "must be an object", "type"));
        }
        List<InputError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            if (member.getKey().equals(REASON)) {
                checkReason(member.getValue().textValue(), errors);
            } else if (!member.getKey().equals(MOST)) {
                String pointer = InputError.step(member.getKey());
                errors.add(new InputError(pointer, "is not known here", "additionalProperties"));
            }
        }
        checkMost(said.get(MOST), errors);
        return errors;
    }

    private static void checkMost(@Nullable JsonNode most, List<InputError> errors) {
        String pointer = "/" + MOST;
        if (most == null) {
            errors.add(new InputError(pointer, "is required", "required"));
        } else if (!most.isIntegralNumber()) {
            errors.add(new InputError(pointer, "must be an integer", "type"));
        } else if (most.bigIntegerValue().signum() < 0) {
            errors.add(new InputError(pointer, "must be at least 0", "minimum"));
        } else if (!most.canConvertToInt() || most.intValue() > HIGHEST) {
            errors.add(new InputError(pointer, "must be at most " + HIGHEST, "maximum"));
        }
    }

    private static void checkReason(@Nullable String reason, List<InputError> errors) {
        String pointer = "/" + REASON;
        if (reason == null) {
            errors.add(new InputError(pointer, "must be a string", "type"));
        } else if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            errors.add(new InputError(pointer, "must have 1 to " + LONGEST_REASON + " characters", "maxLength"));
        } else if (reason.chars().anyMatch(Character::isISOControl)) {
            errors.add(new InputError(pointer, "must not have control characters", "pattern"));
        }
    }
}
