package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.accepted.engine.InputRejected;
import java.io.IOException;

/** Rows that are arrays of numbers. */
record ArrayRow(int width) implements Row {

    @Override
    public void read(JsonParser parser, int row, double[] values, int at) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new InputRejected(
                    Pointer.row(row), "Row 0 is an array of numbers, so row " + row + " must be one too.");
        }
        int found = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            double number = Row.number(parser);
            if (Double.isNaN(number)) {
                throw Row.noNumber(parser, Pointer.cell(row, found));
            }
            if (found < width) {
                values[at + found] = number;
            }
            found++;
        }
        if (found != width) {
            throw new InputRejected(
                    Pointer.row(row),
                    "Row " + row + " has " + found + " numbers; expected " + width + ", as in row 0.");
        }
    }
}
