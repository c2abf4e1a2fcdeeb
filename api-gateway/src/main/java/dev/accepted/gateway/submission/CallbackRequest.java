package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.callback.Target;
import dev.accepted.gateway.catalog.InputError;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a submission says of a callback, before anybody has looked at where it goes.
 *
 * @param callback null if there is none, or none that reads
 * @param errors what is wrong with it
 */
record CallbackRequest(@Nullable Callback callback, List<InputError> errors) {

    /** Where a type's own path takes it from: the body there is the input. */
    static final String HEADER = "Callback-Url";

    private static final String EVENTS_HEADER = "Callback-Events";
    private static final String WORDS = "must be of done, started, succeeded, failed, cancelled, rejected, expired";
    private static final Set<String> MEMBERS = Set.of("url", "events");
    private static final CallbackRequest NONE = new CallbackRequest(null, List.of());

    /** The member of an envelope. */
    static CallbackRequest of(@Nullable JsonNode member) {
        if (member == null) {
            return NONE;
        }
        if (!member.isObject()) {
            return wrong(new InputError("/callback", "must be an object", "type"));
        }
        List<InputError> errors = new ArrayList<>();
        member.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                errors.add(new InputError("/callback/" + name, "is not known here", "additionalProperties"));
            }
        });
        String url = url(member.get("url"), errors);
        Set<CallbackEvent> events = events(member.get("events"), errors);
        return new CallbackRequest(errors.isEmpty() ? new Callback(url, events) : null, List.copyOf(errors));
    }

    /** The headers of a request whose body is the input. */
    static CallbackRequest in(MultiMap headers) {
        List<String> urls = headers.getAll(HEADER);
        List<String> words = headers.getAll(EVENTS_HEADER);
        if (urls.isEmpty() && words.isEmpty()) {
            return NONE;
        }
        List<InputError> errors = new ArrayList<>();
        if (urls.size() != 1) {
            errors.add(new InputError("", "the header " + HEADER + " must be there once", "callback"));
        }
        Set<CallbackEvent> events = EnumSet.noneOf(CallbackEvent.class);
        for (String word : String.join(",", words).split(",", -1)) {
            Set<CallbackEvent> asked = CallbackEvent.asked(word.strip());
            if (asked.isEmpty() && !words.isEmpty()) {
                errors.add(new InputError("", "the words of the header " + EVENTS_HEADER + " " + WORDS, "callback"));
            }
            events.addAll(asked);
        }
        return errors.isEmpty()
                ? of(Wire.JSON.createObjectNode().put("url", urls.get(0))).with(events)
                : wrong(errors);
    }

    private CallbackRequest with(Set<CallbackEvent> events) {
        return callback == null ? this : new CallbackRequest(new Callback(callback.url(), events), errors);
    }

    private static CallbackRequest wrong(InputError error) {
        return wrong(List.of(error));
    }

    private static CallbackRequest wrong(List<InputError> errors) {
        return new CallbackRequest(null, List.copyOf(errors));
    }

    private static String url(@Nullable JsonNode value, List<InputError> errors) {
        if (value == null) {
            errors.add(new InputError("/callback/url", "is required", "required"));
        } else if (!value.isTextual()) {
            errors.add(new InputError("/callback/url", "must be a string", "type"));
        } else if (value.textValue().isEmpty() || value.textValue().length() > Target.LONGEST) {
            errors.add(
                    new InputError("/callback/url", "must have 1 to " + Target.LONGEST + " characters", "maxLength"));
        }
        return value == null ? "" : value.asText();
    }

    private static Set<CallbackEvent> events(@Nullable JsonNode value, List<InputError> errors) {
        Set<CallbackEvent> events = EnumSet.noneOf(CallbackEvent.class);
        if (value == null) {
            return events;
        }
        if (!value.isArray() || value.isEmpty()) {
            errors.add(new InputError("/callback/events", "must be an array of at least one word", "type"));
            return events;
        }
        for (int i = 0; i < value.size(); i++) {
            Set<CallbackEvent> asked = CallbackEvent.asked(value.get(i).asText());
            if (asked.isEmpty()) {
                errors.add(new InputError("/callback/events/" + i, WORDS, "enum"));
            }
            events.addAll(asked);
        }
        return events;
    }
}
