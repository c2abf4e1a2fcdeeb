package dev.accepted.gateway.references;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.store.reference.ReferenceTable.Current;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** A version of reference data as clients see it. */
record Shown(ReferenceName name, Current version) {

    private static final JsonMapper JSON = new JsonMapper();

    /** What is known of it, without its content. */
    ObjectNode summary() {
        ObjectNode body = JSON.createObjectNode();
        if (isLedger()) {
            body.put("year", Integer.parseInt(name.name()))
                    .put("version", version.version())
                    .put("row_count", version.entries());
            version.columns().forEach(body.putArray("departments")::add);
        } else {
            body.put("recipient_list_id", name.name())
                    .put("version", version.version())
                    .put("recipient_count", version.entries());
            version.columns().forEach(body.putArray("columns")::add);
        }
        body.put(
                "updated_at", version.updatedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        return body;
    }

    private boolean isLedger() {
        return name.collection() == Collection.LEDGERS;
    }

    /** Writes it with its content. */
    void write(Format format, InputStream content, OutputStream out) throws IOException {
        if (format == Format.JSON) {
            json(content, out);
        } else if (isLedger()) {
            content.transferTo(out);
        } else {
            csv(content, out);
        }
    }

    private void json(InputStream content, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var member : summary().properties()) {
                json.writeFieldName(member.getKey());
                json.writeTree(member.getValue());
            }
            json.writeArrayFieldStart(isLedger() ? "rows" : "recipients");
            if (isLedger()) {
                rows(content, json);
            } else {
                recipients(content, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void recipients(InputStream content, JsonGenerator json) throws IOException {
        try (MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(content)) {
            while (lines.hasNextValue()) {
                json.writeTree(lines.nextValue());
            }
        }
    }

    private static void rows(InputStream content, JsonGenerator json) throws IOException {
        try (CSVParser rows = Csv.INPUT.parse(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            for (CSVRecord row : rows) {
                json.writeStartObject();
                for (String column : Ledgers.COLUMNS) {
                    json.writeStringField(column, row.get(column));
                }
                json.writeEndObject();
            }
        }
    }

    private void csv(InputStream content, OutputStream out) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), Csv.OUTPUT);
                MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(content)) {
            List<String> columns = version.columns();
            csv.printRecord(columns);
            while (lines.hasNextValue()) {
                JsonNode line = lines.nextValue();
                csv.printRecord(columns.stream().map(column -> line.path(column).asText("")));
            }
        }
    }
}
