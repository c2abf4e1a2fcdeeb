package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.ReferenceRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one job type adds to the document: its schemas, and paths of its own that are made of {@code POST /jobs} and
 * {@code GET /jobs/{id}}, so that what these get, all get.
 */
final class TypeParts {

    private static final String SUBMIT = "/paths/~1jobs/post";
    private static final String READ = "/paths/~1jobs~1{id}";
    private static final String COMMON_STATUS_PATH = "/jobs/{id}";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String JOB = SCHEMAS + "Job";

    private final JobTypeDescriptor type;
    private final ObjectNode document;

    TypeParts(JobTypeDescriptor type, ObjectNode document) {
        this.type = type;
        this.document = document;
    }

    /** Adds it all. */
    void add() {
        ObjectNode schemas = document.withObjectProperty("components").withObjectProperty("schemas");
        schemas.set(type.type() + ".input", InputSchema.of(type, inputSchema()));
        schemas.set(type.type() + ".submission", envelope(schemas.path("Submission")));
        ownMembers().forEach(schemas.withObjectProperty("Job").withObjectProperty("properties")::set);
        ObjectNode paths = document.withObjectProperty("paths");
        if (!type.statusPath().equals(COMMON_STATUS_PATH)) {
            paths.set(type.statusPath(), reading());
        }
        if (type.path() != null) {
            schemas.set(type.type() + ".job", job());
            paths.withObjectProperty(type.path()).set("post", submission());
        }
    }

    /** Where the schema of its input is. */
    String inputSchema() {
        return SCHEMAS + type.type() + ".input";
    }

    /** Where the schema of its submission by {@code POST /jobs} is. */
    String submissionSchema() {
        return SCHEMAS + type.type() + ".submission";
    }

    private ObjectNode envelope(JsonNode ofAnyType) {
        ObjectNode envelope = ofAnyType.deepCopy();
        envelope.put("title", type.title());
        ObjectNode properties = envelope.withObjectProperty("properties");
        properties.putObject("type").put("const", type.type());
        properties.putObject("input").put("$ref", inputSchema());
        return envelope;
    }

    private ObjectNode job() {
        ObjectNode job = Wire.JSON.createObjectNode().put("title", type.title());
        ArrayNode both = job.putArray("allOf");
        both.addObject().put("$ref", JOB);
        ObjectNode own = both.addObject().put("type", "object");
        ArrayNode required = own.putArray("required").add("type");
        ObjectNode properties = own.putObject("properties");
        properties.putObject("type").put("const", type.type());
        ownMembers().forEach((member, schema) -> {
            required.add(member);
            properties.set(member, schema);
        });
        return job;
    }

    /** What a job of this type shows from its 202 on, and others do not. */
    private Map<String, JsonNode> ownMembers() {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        if (!type.idMember().equals("job_id")) {
            members.put(
                    type.idMember(),
                    Wire.JSON.createObjectNode().put("type", "string").put("description", "The same as job_id."));
        }
        Stream.concat(
                        type.references().stream()
                                .filter(ReferenceRule::required)
                                .map(ReferenceRule::countMember)
                                .filter(Objects::nonNull),
                        type.counters().stream())
                .forEach(figure -> members.put(
                        figure,
                        Wire.JSON.createObjectNode().put("type", "integer").put("minimum", 0)));
        return members;
    }

    private ObjectNode reading() {
        ObjectNode path = document.at(READ).deepCopy();
        path.retain("parameters", "get");
        ObjectNode read = path.withObjectProperty("get");
        read.put("operationId", operationId("read"));
        read.set("security", security());
        return path;
    }

    /** What generators of clients take for the name of a function. */
    private String operationId(String verb) {
        return verb + "_" + type.type().replaceAll("[^A-Za-z0-9]", "_");
    }

    private ObjectNode submission() {
        ObjectNode operation = document.at(SUBMIT).deepCopy();
        operation.put("operationId", operationId("submit")).put("summary", type.title());
        operation.set("security", security());
        ObjectNode content = operation
                .withObjectProperty("requestBody")
                .withObjectProperty("content")
                .withObjectProperty("application/json");
        content.removeAll();
        content.putObject("schema").put("$ref", inputSchema());
        if (type.example() != null) {
            content.set("example", type.example());
        }
        callBackByHeader(operation);
        Set<String> elsewhere = problemsOfOthers();
        ArrayNode named = operation.putArray(ProblemResponses.NAMED);
        document.at(SUBMIT).path(ProblemResponses.NAMED).forEach(slug -> {
            if (!elsewhere.contains(slug.textValue())) {
                named.add(slug);
            }
        });
        ObjectNode responses = operation.withObjectProperty("responses");
        responses.properties().forEach(response -> response.setValue(ownAnswer(response.getValue())));
        return operation;
    }

    /** The body is the input itself, and whom to tell stands beside it. */
    private static void callBackByHeader(ObjectNode operation) {
        ArrayNode parameters = operation.withArrayProperty("parameters");
        parameters.addObject().put("$ref", "#/components/parameters/CallbackUrl");
        parameters.addObject().put("$ref", "#/components/parameters/CallbackEvents");
        operation.putObject("callbacks").putObject("job").put("$ref", "#/components/callbacks/JobByHeader");
    }

    /** What a body that is the input itself cannot be wrong in. */
    private Set<String> problemsOfOthers() {
        return Stream.of(
                        "unknown-job-type",
                        "deadline-unreachable",
                        type.references().isEmpty() ? "unknown-reference" : "",
                        type.scheduledTimeMember() == null ? "schedule-too-far" : "")
                .collect(Collectors.toSet());
    }

    private JsonNode ownAnswer(JsonNode response) {
        ObjectNode own = Operations.resolved(response, document);
        ObjectNode content = own.path("content").path("application/json") instanceof ObjectNode json ? json : null;
        if (content == null || !content.at("/schema/$ref").asText().equals(JOB)) {
            return response;
        }
        content.putObject("schema").put("$ref", SCHEMAS + type.type() + ".job");
        if (!type.statusPath().equals(COMMON_STATUS_PATH) && own.path("links").has("status")) {
            ObjectNode status = own.withObjectProperty("links").putObject("status");
            status.put("operationId", operationId("read"));
            status.putObject("parameters").put("id", "$response.body#/" + type.idMember());
            status.put("description", "How the job stands; also at status_url and Location.");
        }
        return own;
    }

    private ArrayNode security() {
        ArrayNode security = Wire.JSON.createArrayNode();
        security.addObject().putArray("bearer").add(type.scope());
        if (type.anonymous()) {
            security.addObject();
        }
        return security;
    }
}
