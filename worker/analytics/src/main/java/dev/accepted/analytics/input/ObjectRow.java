package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.accepted.engine.InputRejected;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows that are objects of numbers: their members in any order, some of them perhaps not asked for. */
final class ObjectRow implements Row {

    private final List<String> names;
    private final boolean othersAllowed;
    private final Map<String, Integer> columns = new HashMap<>();
    /** The row that a column was last found in. */
    private final int[] seenIn;

    private ObjectRow(List<String> names, boolean othersAllowed) {
        this.names = names;
        this.othersAllowed = othersAllowed;
        this.seenIn = new int[names.size()];
        Arrays.fill(seenIn, -1);
        names.forEach(name -> columns.put(name, columns.size()));
    }

    /** Every row has these members and no others. */
    static ObjectRow ofAll(List<String> names) {
        return new ObjectRow(names, false);
    }

    /** Every row has these members; what else it has is passed over. */
    static ObjectRow ofChosen(List<String> names) {
        return new ObjectRow(names, true);
    }

    @Override
    public int width() {
        return names.size();
    }

    @Override
    public void read(JsonParser parser, int row, double[] values, int at) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new InputRejected(
                    Pointer.row(row), "Row 0 is an object of numbers, so row " + row + " must be one too.");
        }
        int found = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Integer column = columns.get(name);
            if (column == null) {
                passOver(parser, row, name);
            } else {
                values[at + column] = number(parser, row, column);
                found++;
            }
        }
        if (found != names.size()) {
            throw missing(row);
        }
    }

    private double number(JsonParser parser, int row, int column) throws IOException {
        double number = Row.number(parser);
        String name = names.get(column);
        if (Double.isNaN(number)) {
            throw Row.noNumber(parser, Pointer.cell(row, name));
        }
        if (seenIn[column] == row) {
            throw new InputRejected(Pointer.cell(row, name), "Row " + row + " has this member twice.");
        }
        seenIn[column] = row;
        return number;
    }

    private void passOver(JsonParser parser, int row, String name) throws IOException {
        if (!othersAllowed) {
            throw new InputRejected(
                    Pointer.cell(row, name),
                    "Row 0 has no such member. Give all rows the same, or name those to use in parameters.columns.");
        }
        parser.skipChildren();
    }

    private InputRejected missing(int row) {
        int column = 0;
        while (seenIn[column] == row) {
            column++;
        }
        return new InputRejected(Pointer.cell(row, names.get(column)), "Row " + row + " lacks this member.");
    }
}
