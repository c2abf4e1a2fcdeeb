package dev.accepted.analytics.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.engine.InputRejected;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The members of {@code parameters}, each read as what it must be, else {@link InputRejected}. */
public final class Parameters {

    private final JsonNode members;

    Parameters(JsonNode members) {
        this.members = members;
    }

    public String text(String name) {
        JsonNode value = required(name);
        if (!value.isTextual()) {
            throw new InputRejected(Pointer.parameter(name), name + " must be a string.");
        }
        return value.textValue();
    }

    /** A whole number; 5.0 is one, as it is for JSON Schema. */
    public int integer(String name, int lowest, int highest) {
        return (int) whole(required(name), name, lowest, highest);
    }

    public int integerOr(int absent, String name, int lowest, int highest) {
        return (int) longOr(absent, name, lowest, highest);
    }

    public long longOr(long absent, String name, long lowest, long highest) {
        return members.has(name) ? whole(required(name), name, lowest, highest) : absent;
    }

    public double positive(String name) {
        JsonNode value = required(name);
        double number = value.doubleValue();
        if (!value.isNumber() || !(number > 0) || number == Double.POSITIVE_INFINITY) {
            throw new InputRejected(
                    Pointer.parameter(name), name + " must be a number above 0 that a double can hold.");
        }
        return number;
    }

    /** A list of different strings; empty if there is none. */
    public List<String> texts(String name) {
        Set<String> texts = new LinkedHashSet<>();
        JsonNode values = members.path(name);
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.path(i);
            if (!value.isTextual() || !texts.add(value.textValue())) {
                throw new InputRejected(
                        Pointer.parameter(name) + "/" + i, "Each of " + name + " must be a string, named only once.");
            }
        }
        if (members.has(name) && (!values.isArray() || texts.isEmpty())) {
            throw new InputRejected(Pointer.parameter(name), name + " must be an array of at least one string.");
        }
        return new ArrayList<>(texts);
    }

    private static long whole(JsonNode value, String name, long lowest, long highest) {
        boolean fits = value.isNumber()
                && value.canConvertToExactIntegral()
                && value.canConvertToLong()
                && value.longValue() >= lowest
                && value.longValue() <= highest;
        if (!fits) {
            throw new InputRejected(
                    Pointer.parameter(name), name + " must be a whole number from " + lowest + " to " + highest + ".");
        }
        return value.longValue();
    }

    private JsonNode required(String name) {
        JsonNode value = members.path(name);
        if (value.isMissingNode()) {
            throw new InputRejected("/parameters", name + " is missing.");
        }
        return value;
    }
}
