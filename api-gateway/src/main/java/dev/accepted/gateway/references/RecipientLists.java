package dev.accepted.gateway.references;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/** Recipient lists: in as CSV with a header or as JSON, kept as one JSON object of strings a line. */
final class RecipientLists {

    private static final String EMAIL = "email";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecipientLists() {}

    /** Takes CSV whose header has {@code email} and any further columns. */
    static Canonical ofCsv(InputStream body, Canonical into) throws IOException {
        try (RecipientLines lines = new RecipientLines(into.write())) {
            Csv.read(body, new Table(lines));
            return into.of(lines.finish(), lines.columns());
        }
    }

    private static final class Table implements Csv.Rows {

        private final RecipientLines lines;
        private int width;

        Table(RecipientLines lines) {
            this.lines = lines;
        }

        @Override
        public void header(List<String> columns) {
            width = columns.size();
            if (!columns.contains(EMAIL)) {
                throw RowErrors.of("/line/1", "The header has no column email.", "required");
            }
        }

        @Override
        public void row(CSVRecord row, String pointer) throws IOException {
            if (row.isConsistent()) {
                lines.add(row.toMap(), pointer);
            } else {
                lines.refuse(
                        pointer, "The row has " + row.size() + " fields where the header has " + width + ".", "ragged");
            }
        }
    }

    /** Takes {@code {"recipients": [{"email": …}, …]}} or the bare array; other members are passed over. */
    static Canonical ofJson(InputStream body, Canonical into) throws IOException {
        try (RecipientLines lines = new RecipientLines(into.write());
                JsonParser json = JSON.createParser(body)) {
            document(json, lines);
            if (json.nextToken() != null) {
                throw malformed("something follows the document", json);
            }
            return into.of(lines.finish(), lines.columns());
        } catch (JsonProcessingException e) {
            throw malformed(e);
        }
    }

    private static void document(JsonParser json, RecipientLines lines) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_ARRAY) {
            recipients(json, lines, "");
        } else if (first == JsonToken.START_OBJECT) {
            boolean found = false;
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken value = json.nextToken();
                if (name.equals("recipients") && value == JsonToken.START_ARRAY) {
                    recipients(json, lines, "/recipients");
                    found = true;
                } else {
                    json.skipChildren();
                }
            }
            if (!found) {
                throw RowErrors.of("/recipients", "An array of recipients is expected.", "required");
            }
        } else {
            json.skipChildren();
            throw RowErrors.of("", "An object with recipients, or an array of them, is expected.", "type");
        }
    }

    private static void recipients(JsonParser json, RecipientLines lines, String base) throws IOException {
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            String pointer = base + "/" + i;
            if (json.currentToken() == JsonToken.START_OBJECT) {
                lines.add(recipient(json, lines, pointer), pointer);
            } else {
                json.skipChildren();
                lines.refuse(pointer, "A recipient is an object.", "type");
            }
        }
    }

    private static Map<String, String> recipient(JsonParser json, RecipientLines lines, String pointer)
            throws IOException {
        Map<String, String> row = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (value.isStructStart()) {
                json.skipChildren();
                lines.refuse(pointer + InputError.step(name), "A recipient's members are plain values.", "type");
            } else if (value != JsonToken.VALUE_NULL) {
                row.put(name, json.getText());
            }
        }
        return row;
    }

    private static Problem malformed(JsonProcessingException e) {
        Problem problem = problem("The body is not JSON: " + e.getOriginalMessage());
        return e.getLocation() == null
                ? problem
                : problem.with("line", e.getLocation().getLineNr())
                        .with("column", e.getLocation().getColumnNr());
    }

    private static Problem malformed(String why, JsonParser at) {
        return problem("The body is not JSON: " + why)
                .with("line", at.currentLocation().getLineNr())
                .with("column", at.currentLocation().getColumnNr());
    }

    private static Problem problem(String detail) {
        return Problem.of(400, "malformed-json", "Malformed JSON", detail);
    }
}
