package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.ProblemCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The refusals of each operation: those that follow from its shape, and those that its {@value #NAMED} lists by slug.
 * What a problem means and which status it comes with is the problem catalog's.
 */
@ApplicationScoped
class ProblemResponses {

    /** An operation's own problems; {@code about:blank 404} is one without a slug. Not in the finished document. */
    static final String NAMED = "x-problems";

    private static final String JSON = "application/json";
    private static final List<String> OF_ALL = List.of("internal-error", "temporary-reduced-capacity");
    private static final List<String> OF_CALLERS = List.of(
            "authentication-required",
            "insufficient-scope",
            "invalid-authorization",
            "invalid-token",
            "tenant-suspended");
    private static final List<String> OF_BODIES = List.of(
            "content-too-large",
            "malformed-content-coding",
            "unsupported-content-coding",
            "unsupported-media-type",
            "validation-error");
    private static final List<String> OF_JSON_BODIES = List.of("json-limits", "malformed-json");

    /** What a refusal's answer says in its headers, by its status; some only where they apply. */
    private static final Map<String, List<String>> HEADERS = Map.of(
            "401", List.of("WWW-Authenticate"),
            "403", List.of("WWW-Authenticate"),
            "412", List.of("ETag"),
            "415", List.of("Accept", "Accept-Encoding"),
            "416", List.of("Content-Range"),
            "429", List.of("Retry-After", "RateLimit", "RateLimit-Policy"),
            "503", List.of("Retry-After"));

    /** As {@link #HEADERS}, of a problem that differs from others of its status. */
    private static final Map<String, String> HEADERS_OF_SLUGS = Map.of("idempotency-in-progress", "Retry-After");

    private final ProblemCatalog problems;

    ProblemResponses(ProblemCatalog problems) {
        this.problems = problems;
    }

    /** Adds them to a document. */
    void addTo(ObjectNode document, String origin) {
        Operations.each(document, operation -> {
            ObjectNode responses = operation.withObjectProperty("responses");
            of(operation, document).forEach((status, slugs) -> {
                if (!responses.has(status)) {
                    responses.putObject(status).put("$ref", describe(status, slugs, document, origin));
                }
            });
            operation.remove(NAMED);
        });
    }

    private SortedMap<String, SortedSet<String>> of(ObjectNode operation, ObjectNode document) {
        List<String> slugs = new ArrayList<>(OF_ALL);
        operation.path(NAMED).forEach(slug -> slugs.add(slug.textValue()));
        if (!operation.path("security").isEmpty()) {
            slugs.addAll(OF_CALLERS);
        }
        if (answersJson(operation, document)) {
            slugs.add("not-acceptable");
        }
        JsonNode body = operation.path("requestBody");
        if (!body.isMissingNode()) {
            slugs.addAll(OF_BODIES);
            slugs.addAll(body.at("/content").has(JSON) ? OF_JSON_BODIES : List.of());
            slugs.addAll(body.path("required").asBoolean() ? List.of("empty-body") : List.of());
        }
        SortedMap<String, SortedSet<String>> byStatus = new TreeMap<>();
        slugs.forEach(slug -> byStatus.computeIfAbsent(status(slug), status -> new TreeSet<>())
                .add(slug));
        return byStatus;
    }

    private static boolean answersJson(ObjectNode operation, ObjectNode document) {
        for (JsonNode response : operation.path("responses")) {
            if (Operations.resolved(response, document).path("content").has(JSON)) {
                return true;
            }
        }
        return false;
    }

    private String status(String slug) {
        return slug.startsWith(Problem.ABOUT_BLANK)
                ? slug.substring(Problem.ABOUT_BLANK.length() + 1)
                : String.valueOf(entry(slug).status());
    }

    private ProblemCatalog.Entry entry(String slug) {
        return problems.find(slug)
                .filter(entry -> entry.status() != null)
                .orElseThrow(() -> new IllegalStateException("No request meets a problem " + slug));
    }

    /** Puts the response among the components, once for all operations that have the same, and says where it is. */
    private String describe(String status, SortedSet<String> slugs, ObjectNode document, String origin) {
        ObjectNode components = document.withObjectProperty("components");
        ObjectNode responses = components.withObjectProperty("responses");
        String name = status + "." + String.join(".", slugs).replaceAll("[^A-Za-z0-9.-]", "-");
        if (!responses.has(name)) {
            ObjectNode response = responses.putObject(name);
            response.put("description", description(slugs));
            headers(status, slugs)
                    .forEach(header -> response.withObjectProperty("headers")
                            .putObject(header)
                            .put("$ref", "#/components/headers/" + header.replace("-", "")));
            ObjectNode content = response.putObject("content").putObject("application/problem+json");
            content.set("schema", schema(status, slugs));
            ObjectNode examples = content.putObject("examples");
            slugs.forEach(slug -> examples.set(exampleName(slug), example(status, slug, origin)));
        }
        return "#/components/responses/" + name;
    }

    private static List<String> headers(String status, SortedSet<String> slugs) {
        List<String> headers = new ArrayList<>(HEADERS.getOrDefault(status, List.of()));
        slugs.stream()
                .filter(HEADERS_OF_SLUGS::containsKey)
                .map(HEADERS_OF_SLUGS::get)
                .forEach(headers::add);
        return headers;
    }

    private String description(SortedSet<String> slugs) {
        List<String> lines = new ArrayList<>();
        for (String slug : slugs) {
            lines.add("`" + slug + "`: "
                    + (isPlain(slug) ? "the status says it all." : entry(slug).meaning()));
        }
        return String.join("\n\n", lines);
    }

    private static ObjectNode schema(String status, SortedSet<String> slugs) {
        ObjectNode schema = Wire.JSON.createObjectNode();
        ArrayNode both = schema.putArray("allOf");
        both.addObject().put("$ref", "#/components/schemas/Problem");
        ObjectNode properties = both.addObject().put("type", "object").putObject("properties");
        ObjectNode type = properties.putObject("type");
        if (slugs.stream().allMatch(ProblemResponses::isPlain)) {
            type.put("const", Problem.ABOUT_BLANK);
        } else {
            type.put("pattern", "/problems/(" + String.join("|", slugs) + ")$");
        }
        properties.putObject("status").put("const", Integer.parseInt(status));
        return schema;
    }

    private ObjectNode example(String status, String slug, String origin) {
        boolean plain = isPlain(slug);
        ObjectNode value = Wire.JSON.createObjectNode();
        value.put("type", plain ? Problem.ABOUT_BLANK : origin + "/problems/" + slug);
        value.put("title", plain ? "Not Found" : entry(slug).title());
        value.put("status", Integer.parseInt(status));
        value.put(
                "detail",
                plain ? "Nothing is served at this path." : entry(slug).meaning());
        value.put("instance", "/jobs").put("request_id", "8d6ae5b3c0f54e0fa1c2d3e4f5a6b7c8");
        return Wire.JSON.createObjectNode().set("value", value);
    }

    private static boolean isPlain(String slug) {
        return slug.startsWith(Problem.ABOUT_BLANK);
    }

    private static String exampleName(String slug) {
        return isPlain(slug) ? "plain" : slug;
    }
}
