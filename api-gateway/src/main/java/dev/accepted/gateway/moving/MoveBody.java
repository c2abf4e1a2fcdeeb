package dev.accepted.gateway.moving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.submission.JsonReader;
import dev.accepted.gateway.submission.Refused;
import java.util.ArrayList;
import java.util.List;

/** What a client says with a move: {@code {"scheduled_time": "…"}}. */
final class MoveBody {

    static final String SCHEDULED_TIME = "scheduled_time";

    private MoveBody() {}

    /**
     * The time, as it was sent.
     *
     * @throws dev.accepted.gateway.problem.Problem 400 or 422 for a body that is anything else
     */
    static String scheduledTime(byte[] body) {
        JsonNode said = JsonReader.OF_INPUTS.tree(body);
        String time = said.path(SCHEDULED_TIME).textValue();
        List<InputError> errors = errors(said);
        if (time == null || !errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        return time;
    }

    private static List<InputError> errors(JsonNode said) {
        if (!said.isObject()) {
            return List.of(new InputError("", "must be an object", "type"));
        }
        List<InputError> errors = new ArrayList<>();
        said.fieldNames().forEachRemaining(name -> {
            if (!name.equals(SCHEDULED_TIME)) {
                errors.add(new InputError(InputError.step(name), "cannot be changed here", "additionalProperties"));
            }
        });
        if (!said.has(SCHEDULED_TIME)) {
            errors.add(new InputError("/" + SCHEDULED_TIME, "is required", "required"));
        } else if (!said.path(SCHEDULED_TIME).isTextual()) {
            errors.add(new InputError("/" + SCHEDULED_TIME, "must be a string", "type"));
        }
        return errors;
    }
}
