package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the document for the types of a moment. */
@ApplicationScoped
class OpenApiDocument {

    /** The refusals that every submission can meet. */
    private static final Map<String, String> REFUSALS = Map.of(
            "400", "BadRequest",
            "401", "Unauthorized",
            "403", "Forbidden",
            "406", "NotAcceptable",
            "409", "InProgress",
            "413", "TooLarge",
            "415", "UnsupportedMediaType",
            "422", "Unprocessable",
            "503", "Unavailable");

    /** What says on a type's own path whom to tell, since the body there is the input. */
    private static final Map<String, String> CALLBACK_HEADERS = new TreeMap<>(Map.of(
            "Callback-Url", "Whom to tell of the job.",
            "Callback-Events", "Of what, with commas between; done unless it is said."));

    private static final String JOBS = "/jobs";
    private static final String COMMON_STATUS_PATH = "/jobs/{id}";

    private final JsonNode base;

    OpenApiDocument() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi/base.json")) {
            if (in == null) {
                throw new IllegalStateException("The application was built without openapi/base.json");
            }
            base = Wire.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The document.
     *
     * @param origin where the client reached us
     */
    ObjectNode of(List<JobTypeDescriptor> types, String origin) {
        ObjectNode document = base.deepCopy();
        document.putArray("servers").addObject().put("url", origin);
        ObjectNode paths = document.withObjectProperty("paths");
        ObjectNode schemas = document.withObjectProperty("components").withObjectProperty("schemas");
        ArrayNode envelopes = Wire.JSON.createArrayNode();
        for (JobTypeDescriptor type : types) {
            schemas.set(schemaName(type), inputSchema(type));
            envelopes.add(envelope(type));
            addPaths(type, paths);
        }
        ObjectNode anyType = Wire.JSON.createObjectNode();
        if (!envelopes.isEmpty()) {
            anyType.set("oneOf", envelopes);
        }
        paths.withObjectProperty(JOBS).set("post", anyTypeSubmission(anyType));
        return document;
    }

    private static String schemaName(JobTypeDescriptor type) {
        return type.type() + ".input";
    }

    private static ObjectNode schemaOf(JobTypeDescriptor type) {
        return Wire.JSON.createObjectNode().put("$ref", "#/components/schemas/" + schemaName(type));
    }

    private static JsonNode inputSchema(JobTypeDescriptor type) {
        if (!(type.inputSchema() instanceof ObjectNode schema) || schema.has("$id")) {
            return type.inputSchema();
        }
        // With an id of its own, the schema's inner references go on meaning itself and not this document.
        ObjectNode copy = schema.deepCopy();
        return copy.put("$id", "urn:accepted:type:" + type.type());
    }

    private void addPaths(JobTypeDescriptor type, ObjectNode paths) {
        if (type.path() != null) {
            paths.withObjectProperty(type.path()).set("post", ownSubmission(type));
        }
        if (!type.statusPath().equals(COMMON_STATUS_PATH)) {
            ObjectNode read = base.at("/paths/~1jobs~1{id}/get").deepCopy();
            read.put("operationId", operationId("read", type));
            read.set("security", security(type));
            paths.withObjectProperty(type.statusPath()).set("get", read);
        }
    }

    /** What generators of clients take for the name of a function. */
    private static String operationId(String verb, JobTypeDescriptor type) {
        return verb + "_" + type.type().replaceAll("[^A-Za-z0-9]", "_");
    }

    private static ObjectNode ownSubmission(JobTypeDescriptor type) {
        ObjectNode operation = submission(operationId("submit", type), type.title(), schemaOf(type));
        operation.set("security", security(type));
        ArrayNode parameters = operation.putArray("parameters");
        CALLBACK_HEADERS.forEach((name, description) -> {
            ObjectNode header = parameters.addObject().put("name", name).put("in", "header");
            header.put("description", description).putObject("schema").put("type", "string");
        });
        if (type.example() != null) {
            content(operation).set("example", type.example());
        }
        return operation;
    }

    private static ObjectNode anyTypeSubmission(ObjectNode schema) {
        ObjectNode operation = submission("submitJob", "Submit a job of any type", schema);
        ArrayNode security = operation.putArray("security");
        security.addObject().putArray("bearer");
        security.addObject();
        return operation;
    }

    private static ObjectNode submission(String id, String summary, ObjectNode schema) {
        ObjectNode operation = Wire.JSON.createObjectNode().put("operationId", id);
        operation.putArray("tags").add("jobs");
        operation.put("summary", summary);
        ArrayNode parameters = operation.putArray("parameters");
        parameters.addObject().put("$ref", "#/components/parameters/IdempotencyKey");
        parameters.addObject().put("$ref", "#/components/parameters/Prefer");
        operation.withObjectProperty("requestBody").put("required", true);
        content(operation).set("schema", schema);
        ObjectNode responses = operation.putObject("responses");
        responses.putObject("200").put("$ref", "#/components/responses/Finished");
        responses.putObject("202").put("$ref", "#/components/responses/Accepted");
        REFUSALS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(refusal -> responses
                        .putObject(refusal.getKey())
                        .put("$ref", "#/components/responses/" + refusal.getValue()));
        return operation;
    }

    private static ObjectNode content(ObjectNode operation) {
        return operation
                .withObjectProperty("requestBody")
                .withObjectProperty("content")
                .withObjectProperty("application/json");
    }

    private static ArrayNode security(JobTypeDescriptor type) {
        ArrayNode security = Wire.JSON.createArrayNode();
        security.addObject().putArray("bearer").add(type.scope());
        if (type.anonymous()) {
            security.addObject();
        }
        return security;
    }

    private static ObjectNode envelope(JobTypeDescriptor type) {
        ObjectNode envelope = Wire.JSON.createObjectNode().put("title", type.title());
        envelope.put("type", "object").put("additionalProperties", false);
        envelope.putArray("required").add("type").add("input");
        ObjectNode properties = envelope.putObject("properties");
        properties.putObject("type").put("const", type.type());
        properties.set("input", schemaOf(type));
        properties.putObject("scheduled_time").put("type", "string").put("format", "date-time");
        properties.putObject("deadline").put("type", "string").put("format", "date-time");
        properties.putObject("client_reference").put("type", "string").put("maxLength", 255);
        properties.putObject("callback").put("$ref", "#/components/schemas/Callback");
        properties
                .putObject("tags")
                .put("type", "object")
                .put("maxProperties", 20)
                .putObject("additionalProperties")
                .put("type", "string");
        return envelope;
    }
}
