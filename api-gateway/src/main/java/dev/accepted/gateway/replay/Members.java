package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.gateway.catalog.InputError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the members of an object one by one and gathers what is wrong with them. A value that is wrong reads as null. */
final class Members {

    private static final int LONGEST_TEXT = 255;

    private final JsonNode object;
    private final String at;
    private final List<InputError> errors;
    private final Set<String> left;

    /** @param at JSON Pointer of the object */
    Members(JsonNode object, String at, List<InputError> errors) {
        this.object = object;
        this.at = at;
        this.errors = errors;
        this.left = new TreeSet<>();
        object.fieldNames().forEachRemaining(left::add);
    }

    /** What nobody has asked for is not known here. */
    void nothingElse() {
        left.forEach(name -> wrong(name, "is not known here", "additionalProperties"));
    }

    private @Nullable JsonNode take(String name) {
        left.remove(name);
        return object.get(name);
    }

    void wrong(String name, String detail, String code) {
        errors.add(new InputError(at + InputError.step(name), detail, code));
    }

    @Nullable
    String text(String name, int longest) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            wrong(name, "must be a string", "type");
            return null;
        }
        return isText(value.textValue(), longest, name) ? value.textValue() : null;
    }

    private boolean isText(String text, int longest, String name) {
        if (text.isBlank() || text.length() > longest) {
            wrong(name, "must have 1 to " + longest + " characters, and not only spaces", "maxLength");
            return false;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            wrong(name, "must not have control characters", "pattern");
            return false;
        }
        return true;
    }

    String requiredText(String name) {
        if (!object.has(name)) {
            wrong(name, "is required", "required");
        }
        String text = text(name, LONGEST_TEXT);
        return text == null ? "" : text;
    }

    boolean flag(String name) {
        JsonNode value = take(name);
        if (value != null && !value.isBoolean()) {
            wrong(name, "must be true or false", "type");
        }
        return value != null && value.booleanValue();
    }

    @Nullable
    Long integer(String name, long least, long most) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            wrong(name, "must be an integer", "type");
            return null;
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            wrong(name, "must be from " + least + " to " + most, "maximum");
            return null;
        }
        return value.longValue();
    }

    /** A number above 0. */
    @Nullable
    Double positive(String name, double most) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            wrong(name, "must be a number", "type");
            return null;
        }
        if (value.doubleValue() <= 0 || value.doubleValue() > most) {
            wrong(name, "must be above 0 and at most " + (long) most, "maximum");
            return null;
        }
        return value.doubleValue();
    }

    @Nullable
    Instant time(String name) {
        String text = text(name, LONGEST_TEXT);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            wrong(name, "must be a time of RFC 3339 with its offset", "format");
            return null;
        }
    }

    /** Words: a list of strings, or one. */
    @Nullable
    List<String> words(String name, int most, Predicate<String> known, String otherwise) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        List<String> words = new ArrayList<>();
        if (value.isTextual()) {
            words.add(value.textValue());
        } else if (value.isArray()) {
            value.forEach(word -> words.add(word.isTextual() ? word.textValue() : ""));
        }
        if (words.isEmpty() || words.size() > most) {
            wrong(name, "must be a list of 1 to " + most + " strings", "type");
            return null;
        }
        for (String word : words) {
            if (!isText(word, LONGEST_TEXT, name)) {
                return null;
            }
            if (!known.test(word)) {
                wrong(name, otherwise + ": '" + word + "'", "enum");
                return null;
            }
        }
        return words.stream().distinct().toList();
    }

    /** Texts by name. */
    @Nullable
    Map<String, String> texts(String name, int most) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        Map<String, String> texts = new HashMap<>();
        boolean fine = value.isObject() && value.size() <= most;
        if (fine) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                fine &= member.getValue().isTextual();
                texts.put(member.getKey(), member.getValue().asText());
            }
        }
        if (!fine) {
            wrong(name, "must be an object of at most " + most + " strings", "type");
            return null;
        }
        return texts;
    }

    /** An object in it; null if there is none. */
    @Nullable
    Members object(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            wrong(name, "must be an object", "type");
            return null;
        }
        return new Members(value, at + "/" + name, errors);
    }
}
