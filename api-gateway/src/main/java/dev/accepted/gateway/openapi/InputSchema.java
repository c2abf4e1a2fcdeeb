package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import java.util.List;

/** A type's schema as a part of the document: what it says of itself by {@code #/…} is no longer at the top. */
final class InputSchema {

    private static final String REFERENCE = "$ref";

    private InputSchema() {}

    /**
     * The schema to put at a place.
     *
     * @param place a reference, for example {@code #/components/schemas/report.generate.input}
     */
    static JsonNode of(JobTypeDescriptor type, String place) {
        JsonNode schema = type.inputSchema().deepCopy();
        if (schema instanceof ObjectNode object) {
            // One with an id of its own goes on meaning itself.
            if (!object.has("$id")) {
                move(object, place);
            }
            object.remove("$schema");
            if (!object.has("title")) {
                object.put("title", type.title());
            }
        }
        return schema;
    }

    private static void move(JsonNode schema, String place) {
        if (schema instanceof ObjectNode object) {
            String reference = object.path(REFERENCE).asText();
            if (reference.equals("#") || reference.startsWith("#/")) {
                object.set(REFERENCE, TextNode.valueOf(place + reference.substring(1)));
            }
        }
        List.copyOf(schema.valueStream().toList()).forEach(part -> move(part, place));
    }
}
