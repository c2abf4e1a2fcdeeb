package dev.accepted.contract.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.accepted.contract.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** {@code docs/asyncapi.yaml}, read: its topics, its messages, and what their schemas say of a record. */
final class AsyncApiDocument {

    private static final Path FILE = Path.of("../../docs/asyncapi.yaml");
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;

    private AsyncApiDocument(JsonNode document) {
        this.document = document;
    }

    static AsyncApiDocument read() {
        try {
            return new AsyncApiDocument(Wire.JSON.valueToTree(new Yaml().load(Files.readString(FILE))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every topic's name, a variable part in braces. */
    Set<String> addresses() {
        Set<String> addresses = new TreeSet<>();
        document.path("channels")
                .forEach(channel -> addresses.add(channel.path("address").textValue()));
        return addresses;
    }

    /** The messages of a topic, by their names in the document. */
    Set<String> messagesOn(String address) {
        for (JsonNode channel : document.path("channels")) {
            if (channel.path("address").asText().equals(address)) {
                return channel.path("messages")
                        .valueStream()
                        .map(message -> message.path("$ref").asText())
                        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }
        return Set.of();
    }

    /** Every message, by its name in the document. */
    List<String> messages() {
        List<String> names = new ArrayList<>();
        document.at("/components/messages").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The message whose header {@code ce_type} can only be this; empty if there is none. */
    String messageOf(String ceType) {
        return messages().stream()
                .filter(name ->
                        part(name, "/headers/properties/ce_type/const").asText().equals(ceType))
                .findFirst()
                .orElse("");
    }

    List<JsonNode> examples(String message) {
        return part(message, "/examples").valueStream().toList();
    }

    /** What is wrong with the headers of a record that is meant as such a message. */
    Set<String> faultsOfHeaders(String message, JsonNode headers) {
        return faults("/components/messages/" + message + "/headers", headers);
    }

    /** What is wrong with the value of a record that is meant as such a message. */
    Set<String> faultsOfPayload(String message, JsonNode payload) {
        return faults("/components/messages/" + message + "/payload/schema", payload);
    }

    private Set<String> faults(String place, JsonNode found) {
        if (!document.at(place).isObject()) {
            return Set.of("The document has nothing at " + place);
        }
        // The document around it, so that its references lead somewhere.
        ObjectNode schema = Wire.JSON.createObjectNode().put("$schema", SchemaId.V202012);
        schema.put("$ref", "#" + place).set("components", document.path("components"));
        JsonSchema compiled = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, CONFIG);
        return compiled.validate(found).stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode part(String message, String pointer) {
        return document.path("components").path("messages").path(message).at(pointer);
    }
}
