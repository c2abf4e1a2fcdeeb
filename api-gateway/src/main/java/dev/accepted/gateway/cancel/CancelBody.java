package dev.accepted.gateway.cancel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.submission.JsonReader;
import dev.accepted.gateway.submission.MediaTypes;
import dev.accepted.gateway.submission.Refused;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may say with a cancel: {@code {"reason": "…"}}, or nothing. */
final class CancelBody {

    private static final String REASON = "reason";
    private static final int LONGEST_REASON = 500;

    private CancelBody() {}

    /**
     * The reason, if one is given.
     *
     * @throws dev.accepted.gateway.problem.Problem 400, 415 or 422 for a body that is anything else
     */
    static @Nullable String reason(byte[] body, MultiMap headers) {
        if (body.length == 0) {
            return null;
        }
        MediaTypes.requireJson(headers);
        JsonNode said = JsonReader.OF_INPUTS.tree(body);
        List<InputError> errors = errors(said);
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        return said.path(REASON).textValue();
    }

    private static List<InputError> errors(JsonNode said) {
        if (!said.isObject()) {
            return List.of(new InputError("", "must be an object", "type"));
        }
        List<InputError> errors = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : said.properties()) {
            String pointer = InputError.step(member.getKey());
            String text = member.getValue().textValue();
            if (!member.getKey().equals(REASON)) {
                errors.add(new InputError(pointer, "is not known here", "additionalProperties"));
            } else if (text == null) {
                errors.add(new InputError(pointer, "must be a string", "type"));
            } else if (text.isEmpty() || text.length() > LONGEST_REASON) {
                errors.add(new InputError(pointer, "must have 1 to " + LONGEST_REASON + " characters", "maxLength"));
            }
        }
        return errors;
    }
}
