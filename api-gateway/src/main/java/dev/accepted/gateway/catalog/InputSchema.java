package dev.accepted.gateway.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A type's JSON Schema (2020-12), compiled when it was announced. Formats are asserted. For use by many threads. */
public final class InputSchema {

    private static final int MOST_ERRORS = 50;
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ENGLISH)
            .build();

    private static final JsonSchema META_SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));

    /** How much of what is wrong is wanted: the first suffices where a hostile input could have millions of faults. */
    public enum Extent {
        FIRST_ERROR,
        ALL_ERRORS
    }

    private final JsonSchema schema;

    private InputSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Compiles a schema. References out of it are not followed.
     *
     * @throws RuntimeException what the validator throws for a document that is no schema
     */
    static InputSchema compile(JsonNode document) {
        // A factory of its own: its cache goes by $id, and a type may be announced again with another schema.
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
        Set<ValidationMessage> faults = META_SCHEMA.validate(document);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("It is no JSON Schema of 2020-12: " + faults);
        }
        JsonSchema schema = factory.getSchema(document, CONFIG);
        schema.initializeValidators();
        return new InputSchema(schema);
    }

    /** What is wrong with an input; empty if nothing is. */
    public List<InputError> errorsOf(JsonNode input, Extent extent) {
        Set<ValidationMessage> messages = schema.validate(
                input, context -> context.getExecutionConfig().setFailFast(extent == Extent.FIRST_ERROR));
        return messages.stream().limit(MOST_ERRORS).map(InputSchema::error).toList();
    }

    private static InputError error(ValidationMessage message) {
        StringBuilder pointer = new StringBuilder();
        JsonNodePath at = message.getInstanceLocation();
        for (int i = 0; i < at.getNameCount(); i++) {
            pointer.append(InputError.step(String.valueOf(at.getElement(i))));
        }
        if (message.getProperty() != null) {
            pointer.append(InputError.step(message.getProperty()));
        }
        return new InputError(pointer.toString(), message.getError(), message.getType());
    }
}
