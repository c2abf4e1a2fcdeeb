package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.accepted.engine.InputRejected;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code data} looks like from outside: how many rows, and what the first one is. Whether the others are like it is
 * found out when the numbers are read.
 *
 * @param rows at least 1
 * @param width numbers in the first row, at least 1
 * @param names the first row's members if it is an object, else empty
 */
public record Shape(int rows, int width, List<String> names) {

    /** The widest row that is taken: wider than data sets are, narrow enough for one row to be no burden. */
    static final int WIDEST = 2048;

    /** Reads {@code data}, at whose first token the parser stands, to its end. */
    static Shape of(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new InputRejected("/data", "data must be an array of rows.");
        }
        List<String> names = new ArrayList<>();
        int width = firstRow(parser, names);
        if (width > WIDEST) {
            throw new InputRejected(
                    Pointer.row(0), "Row 0 has " + width + " numbers; at most " + WIDEST + " can be worked with.");
        }
        int rows = 1;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            rows++;
        }
        return new Shape(rows, width, names);
    }

    boolean isNamed() {
        return !names.isEmpty();
    }

    private static int firstRow(JsonParser parser, List<String> names) throws IOException {
        JsonToken start = parser.nextToken();
        if (start == JsonToken.END_ARRAY) {
            throw new InputRejected("/data", "data has no rows.");
        }
        if (start != JsonToken.START_ARRAY && start != JsonToken.START_OBJECT) {
            throw new InputRejected(Pointer.row(0), "Row 0 must be an array of numbers or an object of numbers.");
        }
        int width = 0;
        for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = parser.nextToken()) {
            if (token == JsonToken.FIELD_NAME) {
                names.add(parser.currentName());
                parser.nextToken();
            }
            parser.skipChildren();
            width++;
        }
        if (width == 0) {
            throw new InputRejected(Pointer.row(0), "Row 0 is empty.");
        }
        return width;
    }
}
