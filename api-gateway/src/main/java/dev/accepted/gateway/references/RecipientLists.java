package dev.accepted.gateway.references;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.gateway.problem.Problem;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Recipient lists: in as CSV with a header or as JSON, kept as one JSON object of strings a line. */
@Singleton
class RecipientLists {

    static final int MOST = 100_000;

    private static final String EMAIL = "email";
    private static final JsonMapper JSON = new JsonMapper();

    /** Takes CSV whose header has {@code email} and any further columns. */
    Canonical ofCsv(byte[] body) throws IOException {
        RowErrors errors = new RowErrors();
        Lines lines = new Lines();
        try (Reader text = Csv.text(body);
                CSVParser rows = Csv.INPUT.parse(text)) {
            List<String> columns = Csv.header(rows);
            if (!columns.contains(EMAIL)) {
                errors.add("/line/1", "The header has no column email.", "required");
                errors.throwIfAny();
            }
            for (CSVRecord row : rows) {
                if (!row.isConsistent()) {
                    errors.add(
                            "/line/" + rows.getCurrentLineNumber(),
                            "The row has " + row.size() + " fields where the header has " + columns.size() + ".",
                            "ragged");
                } else {
                    lines.add(row.toMap(), columns, "/line/" + rows.getCurrentLineNumber(), errors);
                }
                if (errors.isFull()) {
                    break;
                }
            }
            errors.throwIfAny();
            return lines.close(columns);
        }
    }

    /** Takes {@code {"recipients": [{"email": …}, …]}} or the bare array. */
    Canonical ofJson(byte[] body) throws IOException {
        JsonNode read = parse(body);
        JsonNode recipients = read.isObject() ? read.path("recipients") : read;
        String base = read.isObject() ? "/recipients" : "";
        RowErrors errors = new RowErrors();
        if (!recipients.isArray()) {
            errors.add(base, "An array of recipients is expected.", "type");
            errors.throwIfAny();
        }
        Lines lines = new Lines();
        Set<String> columns = new LinkedHashSet<>(List.of(EMAIL));
        for (int i = 0; i < recipients.size() && !errors.isFull(); i++) {
            Map<String, String> row = row(recipients.get(i), base + "/" + i, errors);
            columns.addAll(row.keySet());
            lines.add(row, row.keySet(), base + "/" + i, errors);
        }
        errors.throwIfAny();
        return lines.close(new ArrayList<>(columns));
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return JSON.readTree(new ByteArrayInputStream(body));
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "malformed-json", "Malformed JSON", "The body is not JSON: " + e.getOriginalMessage())
                    .with("line", e.getLocation().getLineNr())
                    .with("column", e.getLocation().getColumnNr());
        }
    }

    private static Map<String, String> row(JsonNode recipient, String pointer, RowErrors errors) {
        Map<String, String> row = new LinkedHashMap<>();
        if (!recipient.isObject()) {
            errors.add(pointer, "A recipient is an object.", "type");
            return row;
        }
        recipient.properties().forEach(member -> {
            if (member.getValue().isContainerNode()) {
                errors.add(pointer + "/" + member.getKey(), "A recipient's members are plain values.", "type");
            } else if (!member.getValue().isNull()) {
                row.put(member.getKey(), member.getValue().asText());
            }
        });
        return row;
    }

    /** The canonical form while it grows. */
    private static final class Lines {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final JsonGenerator json;
        private int count;

        Lines() throws IOException {
            json = JSON.createGenerator(content);
            json.setRootValueSeparator(new com.fasterxml.jackson.core.io.SerializedString("\n"));
        }

        void add(Map<String, String> row, Iterable<String> columns, String pointer, RowErrors errors)
                throws IOException {
            String email = row.getOrDefault(EMAIL, "").strip();
            if (email.isEmpty()) {
                errors.add(pointer + "/email", "A recipient has an e-mail address.", "required");
                return;
            }
            count++;
            if (count > MOST) {
                errors.add(pointer, "A list has at most " + MOST + " recipients.", "maxItems");
                errors.throwIfAny();
            }
            json.writeStartObject();
            json.writeStringField(EMAIL, email);
            for (String column : columns) {
                String value = row.get(column);
                if (!column.equals(EMAIL) && value != null) {
                    json.writeStringField(column, value);
                }
            }
            json.writeEndObject();
        }

        Canonical close(List<String> columns) throws IOException {
            json.writeRaw("\n");
            json.close();
            return new Canonical(content.toByteArray(), count, columns);
        }
    }
}
