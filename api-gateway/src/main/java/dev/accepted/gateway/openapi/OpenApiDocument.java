package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Writes the document for the types of a moment. */
@ApplicationScoped
class OpenApiDocument {

    private final ObjectNode parts = Parts.together();
    private final ProblemResponses problems;

    OpenApiDocument(ProblemResponses problems) {
        this.problems = problems;
    }

    /**
     * The document.
     *
     * @param origin where the client reached us
     */
    ObjectNode of(List<JobTypeDescriptor> types, String origin) {
        ObjectNode document = parts.deepCopy();
        document.putArray("servers").addObject().put("url", origin);
        types.forEach(type -> new TypeParts(type, document).add());
        if (!types.isEmpty()) {
            nameTypes(types, document);
        }
        problems.addTo(document, origin);
        HeadOperations.addTo(document);
        return document;
    }

    /** {@code POST /jobs} takes any of them, told apart by what they name as theirs. */
    private static void nameTypes(List<JobTypeDescriptor> types, ObjectNode document) {
        ObjectNode any = Wire.JSON.createObjectNode();
        ArrayNode options = any.putArray("oneOf");
        ObjectNode discriminator = any.putObject("discriminator").put("propertyName", "type");
        ObjectNode mapping = discriminator.putObject("mapping");
        ObjectNode examples = document.withObject("/paths/~1jobs/post/requestBody/content/application~1json/examples");
        for (JobTypeDescriptor type : types) {
            String schema = new TypeParts(type, document).submissionSchema();
            options.addObject().put("$ref", schema);
            mapping.put(type.type(), schema);
            if (type.example() != null) {
                ObjectNode value = examples.putObject(type.type())
                        .put("summary", type.title())
                        .putObject("value")
                        .put("type", type.type());
                value.set("input", type.example());
            }
        }
        document.withObject("/components/schemas").set("Submission", any);
    }
}
