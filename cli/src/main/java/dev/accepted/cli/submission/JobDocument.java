package dev.accepted.cli.submission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.accepted.cli.files.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a request that describes a job, member by member. For one thread. */
public final class JobDocument {

    private final ObjectNode members = JsonNodeFactory.instance.objectNode();

    /** Adds a text, unless there is none. */
    public JobDocument add(String name, @Nullable Object text) {
        if (text != null) {
            members.put(name, text.toString());
        }
        return this;
    }

    /** Adds the tags, unless there are none. */
    public JobDocument tags(Map<String, String> tags) {
        if (!tags.isEmpty()) {
            ObjectNode object = members.putObject("tags");
            tags.forEach(object::put);
        }
        return this;
    }

    /** Adds the input, which stays as it is to the byte: no number is read and written again. */
    public JobDocument input(byte[] json) {
        members.putRawValue("input", new RawValue(new String(json, StandardCharsets.UTF_8)));
        return this;
    }

    /** As it is sent. */
    public byte[] bytes() {
        return Json.bytes(members);
    }
}
