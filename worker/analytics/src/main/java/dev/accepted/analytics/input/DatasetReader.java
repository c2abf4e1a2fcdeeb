package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.engine.InputRejected;
import java.io.IOException;
import java.util.List;

/** Reads the numbers, once it is known how many there are. */
final class DatasetReader {

    private static final int ROWS_BETWEEN_REPORTS = 50_000;

    private final Shape shape;
    private final Row row;

    private DatasetReader(Shape shape, Row row) {
        this.shape = shape;
        this.row = row;
    }

    /** @param chosen the columns to use; empty: all */
    static Dataset read(byte[] body, Shape shape, List<String> chosen, Course course) {
        Row row = rowOf(shape, chosen);
        double[] values = new DatasetReader(shape, row).numbers(body, course);
        List<String> names = chosen.isEmpty() ? shape.names() : chosen;
        return new Dataset(values, shape.rows(), row.width(), names);
    }

    private static Row rowOf(Shape shape, List<String> chosen) {
        if (!shape.isNamed()) {
            if (!chosen.isEmpty()) {
                throw new InputRejected(
                        Pointer.parameter("columns"), "The rows are arrays, whose columns have no names to choose by.");
            }
            return new ArrayRow(shape.width());
        }
        for (int i = 0; i < chosen.size(); i++) {
            if (!shape.names().contains(chosen.get(i))) {
                throw new InputRejected(Pointer.parameter("columns") + "/" + i, "Row 0 has no such member.");
            }
        }
        return chosen.isEmpty() ? ObjectRow.ofAll(shape.names()) : ObjectRow.ofChosen(chosen);
    }

    private double[] numbers(byte[] body, Course course) {
        // A number takes two bytes at least. Rows of one width never fill more than that; rows of many widths are
        // found out before they do, however wide the first one claims them to be.
        long cells = Math.min((long) shape.rows() * row.width(), body.length / 2);
        double[] values = new double[(int) cells];
        try (JsonParser parser = Json.parser(body)) {
            goToData(parser);
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                if (i % ROWS_BETWEEN_REPORTS == 0) {
                    course.reached(1.0 * i / shape.rows(), "reading row " + i + " of " + shape.rows());
                }
                row.read(parser, i, values, i * row.width());
            }
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
        return values;
    }

    private static void goToData(JsonParser parser) throws IOException {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = parser.currentName().equals("data");
            parser.nextToken();
            if (data) {
                return;
            }
            parser.skipChildren();
        }
    }
}
