package dev.accepted.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What is always served: the resources {@code openapi/*.json}, one a duty, each a piece of the document with its paths
 * and the components that only they need. A new route is written into the resource of its duty, and nowhere else.
 */
final class Parts {

    /** In the order in which their paths are shown. */
    private static final List<String> NAMES = List.of(
            "document",
            "jobs",
            "moving",
            "events",
            "batches",
            "webhooks",
            "schedules",
            "references",
            "operations",
            "barred",
            "queues",
            "dead",
            "concurrency",
            "replays",
            "workers",
            "fleet",
            "overview",
            "upkeep",
            "documentation");

    private Parts() {}

    /** All of them in one document. */
    static ObjectNode together() {
        ObjectNode document = Wire.JSON.createObjectNode();
        NAMES.forEach(name -> merge(document, read(name), name));
        return document;
    }

    private static ObjectNode read(String name) {
        try (InputStream in = Parts.class.getResourceAsStream("/openapi/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("The application was built without openapi/" + name + ".json");
            }
            return (ObjectNode) Wire.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("openapi/" + name + ".json does not read", e);
        }
    }

    private static void merge(ObjectNode into, ObjectNode part, String where) {
        part.properties().forEach(member -> {
            JsonNode there = into.get(member.getKey());
            if (there == null) {
                into.set(member.getKey(), member.getValue());
            } else if (there instanceof ObjectNode wider && member.getValue() instanceof ObjectNode more) {
                merge(wider, more, where + "/" + member.getKey());
            } else {
                throw new IllegalStateException(
                        "Two parts of the OpenAPI document say what is at " + where + "/" + member.getKey());
            }
        });
    }
}
