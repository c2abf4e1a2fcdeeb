package dev.accepted.gateway.references;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.references.References.ReferenceKey;
import dev.accepted.store.reference.ReferenceTable.Current;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** Reference data as clients see it. */
final class Shown {

    private static final JsonMapper JSON = new JsonMapper();
    static final String LEDGERS = "ledgers";

    private Shown() {}

    /** What is known of a version, without its content. */
    static ObjectNode of(ReferenceKey key, Current version) {
        ObjectNode body = JSON.createObjectNode();
        boolean ledger = key.collection().equals(LEDGERS);
        body.put(ledger ? "year" : "recipient_list_id", key.name());
        body.put("version", version.version());
        body.put(ledger ? "row_count" : "recipient_count", version.entries());
        version.columns().forEach(body.putArray("columns")::add);
        body.put("updated_at", version.updatedAt().toString());
        return body;
    }

    /** A version with its content, as JSON. */
    static byte[] json(ReferenceKey key, Current version, InputStream content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean ledger = key.collection().equals(LEDGERS);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (var member : of(key, version).properties()) {
                json.writeFieldName(member.getKey());
                json.writeTree(member.getValue());
            }
            json.writeArrayFieldStart(ledger ? "rows" : "recipients");
            if (ledger) {
                writeRows(content, json);
            } else {
                writeLines(content, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeLines(InputStream content, JsonGenerator json) throws IOException {
        try (MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(content)) {
            while (lines.hasNextValue()) {
                json.writeTree(lines.nextValue());
            }
        }
    }

    private static void writeRows(InputStream content, JsonGenerator json) throws IOException {
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

    /** A version's content, as CSV. */
    static byte[] csv(ReferenceKey key, Current version, InputStream content) throws IOException {
        if (key.collection().equals(LEDGERS)) {
            return content.readAllBytes();
        }
        StringBuilder out = new StringBuilder();
        try (CSVPrinter csv = new CSVPrinter(out, Csv.OUTPUT);
                MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(content)) {
            List<String> columns = version.columns();
            csv.printRecord(columns);
            while (lines.hasNextValue()) {
                JsonNode line = lines.nextValue();
                csv.printRecord(columns.stream().map(column -> line.path(column).asText("")));
            }
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}
