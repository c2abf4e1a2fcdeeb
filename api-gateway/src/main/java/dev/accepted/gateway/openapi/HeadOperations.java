package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Whatever is read with GET is also served to HEAD: the same answer without its body. */
final class HeadOperations {

    private HeadOperations() {}

    /** Adds them to a document that is complete but for them. */
    static void addTo(ObjectNode document) {
        document.path("paths").forEach(path -> {
            if (path.has("get") && !path.has("head")) {
                ((ObjectNode) path).set("head", of((ObjectNode) path.get("get"), document));
            }
        });
    }

    private static ObjectNode of(ObjectNode get, ObjectNode document) {
        ObjectNode head = get.deepCopy();
        head.put("operationId", get.path("operationId").asText() + "Head");
        head.put("summary", get.path("summary").asText() + ": the headers alone");
        ObjectNode responses = head.putObject("responses");
        get.path("responses").properties().forEach(response -> {
            ObjectNode bare = Operations.resolved(response.getValue(), document);
            bare.remove("content");
            bare.remove("links");
            responses.set(response.getKey(), bare);
        });
        return head;
    }
}
