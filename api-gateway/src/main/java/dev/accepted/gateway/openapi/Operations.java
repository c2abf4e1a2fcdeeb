package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.Consumer;

/** The operations of a document, and what their references lead to. */
final class Operations {

    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    private Operations() {}

    static void each(ObjectNode document, Consumer<ObjectNode> what) {
        document.path("paths")
                .forEach(path -> path.properties().forEach(member -> {
                    if (METHODS.contains(member.getKey())) {
                        what.accept((ObjectNode) member.getValue());
                    }
                }));
    }

    /** A copy of what a node is, be it there or behind a reference into the same document. */
    static ObjectNode resolved(JsonNode node, JsonNode document) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty()
                ? node.deepCopy()
                : document.at(reference.substring(1)).deepCopy();
    }
}
