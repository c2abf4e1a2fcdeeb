package dev.accepted.e2e.description;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The OpenAPI document as a generator of requests can use it: what it cannot know or read is told to it by the file
 * {@code told.json}, what would only multiply the cases is asked once. Answers stay as they are described: it holds them
 * against the document, member by member.
 */
final class ToolView {

    private static final JsonMapper JSON = new JsonMapper();

    /** Opaque, or good for one version of one resource: made up, they are rightly refused, or passed over. */
    private static final Set<String> NOT_MADE_UP = Set.of(
            "cursor",
            "tags",
            "If-None-Match",
            "If-Match",
            "If-Range",
            "Range",
            "traceparent",
            "Prefer",
            "Idempotency-Key",
            "Callback-Url",
            "Callback-Events",
            "Last-Event-ID",
            "ticket",
            "batch_id");

    /** What is there only as long as a worker announces it. */
    private static final Pattern OF_A_TYPE =
            Pattern.compile("^/components/schemas/[^/]+\\.(input|submission)/|^/paths/~1campaigns");

    private final ObjectNode document;
    private final StringJoiner passedOver = new StringJoiner("|");

    /**
     * The view of a document.
     *
     * @param told the file; its values may name facts in braces after a dollar sign
     */
    ToolView(JsonNode document, Path told, Map<String, String> facts) throws IOException {
        this.document = document.deepCopy();
        String text = Files.readString(told);
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            text = text.replace("${" + fact.getKey() + "}", fact.getValue());
        }
        for (JsonNode exception : JSON.readTree(text)) {
            exception.path("at").properties().forEach(change -> put(change.getKey(), change.getValue()));
            if (exception.has("passed_over")) {
                passedOver.add(exception.path("passed_over").textValue());
            }
        }
        // What the gateway asks of others, nobody can ask of the gateway.
        this.document.remove("webhooks");
        this.document.withObject("/components").remove("callbacks");
        this.document.at("/components/responses").forEach(ToolView::withoutExamples);
        this.document.path("paths").forEach(this::once);
    }

    /** What is in the name of a request that is rightly answered otherwise than a generator of requests thinks. */
    Pattern passedOver() {
        return Pattern.compile(passedOver.toString());
    }

    /** For requests that come with a token. */
    JsonNode withToken() {
        ObjectNode view = document.deepCopy();
        operations(view, operation -> {
            if (!operation.path("security").isEmpty()) {
                operation.putArray("security").addObject().putArray("bearer");
            }
        });
        return view;
    }

    /** For requests that come without: where that is allowed. */
    JsonNode anonymous() {
        ObjectNode view = document.deepCopy();
        view.path("paths").forEach(path -> ((ObjectNode) path).properties().removeIf(ToolView::needsToken));
        operations(view, operation -> operation.putArray("security"));
        // Types that take no such clients, which no path of their own is left to tell of.
        List<String> options = view.at("/components/schemas/Submission/oneOf").findValuesAsText("$ref");
        ArrayNode left = view.withObject("/components/schemas/Submission").putArray("oneOf");
        ObjectNode mapping = view.withObject("/components/schemas/Submission/discriminator/mapping");
        for (String option : options) {
            if (option.contains("/email.campaign.")) {
                mapping.remove("email.campaign");
            } else {
                left.addObject().put("$ref", option);
            }
        }
        return view;
    }

    private static boolean needsToken(Map.Entry<String, JsonNode> member) {
        JsonNode security = member.getValue().path("security");
        return !security.isEmpty() && security.valueStream().noneMatch(JsonNode::isEmpty);
    }

    private void put(String place, JsonNode value) {
        JsonPointer pointer = JsonPointer.compile(place);
        if (document.at(pointer.head()) instanceof ObjectNode around) {
            String member = pointer.last().getMatchingProperty();
            if (value.isNull()) {
                around.remove(member);
            } else {
                around.set(member, value);
            }
        } else if (!OF_A_TYPE.matcher(place).find()) {
            throw new IllegalStateException("told.json names what is not in the document: " + place);
        }
    }

    /** HEAD is GET without a body; a request that needs a header which nobody can make up is not made. */
    private void once(JsonNode path) {
        ((ObjectNode) path).remove("head");
        operations(path, operation -> {
            if (operation.get("parameters") instanceof ArrayNode parameters) {
                withoutWaiting(operation, parameters);
                for (Iterator<JsonNode> all = parameters.elements(); all.hasNext(); ) {
                    if (NOT_MADE_UP.contains(name(all.next()))) {
                        all.remove();
                    }
                }
            }
            operation.remove("callbacks");
            operation.withObjectProperty("responses").remove(Set.of("206", "304"));
            operation.path("responses").forEach(ToolView::withoutExamples);
        });
    }

    /** A submission whose request does not prefer to wait is not answered with the finished job. */
    private void withoutWaiting(ObjectNode operation, ArrayNode parameters) {
        boolean mayWait = parameters.valueStream().map(this::name).anyMatch("Prefer"::equals);
        if (mayWait && operation.path("responses").has("202")) {
            operation.withObjectProperty("responses").remove("200");
        }
    }

    private String name(JsonNode parameter) {
        String reference = parameter.path("$ref").asText();
        JsonNode found = reference.isEmpty() ? parameter : document.at(reference.substring(1));
        return found.path("name").asText();
    }

    /** It takes an example of an answer for a request to make. */
    private static void withoutExamples(JsonNode response) {
        ((ObjectNode) response).remove("links");
        response.path("content").forEach(content -> ((ObjectNode) content).remove(Set.of("example", "examples")));
    }

    private static void operations(JsonNode around, Consumer<ObjectNode> what) {
        around.findParents("operationId").forEach(operation -> what.accept((ObjectNode) operation));
    }
}
