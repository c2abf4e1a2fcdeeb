package dev.accepted.gateway.submission;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.gateway.catalog.InputError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a submission says, before any type's schema has seen it.
 *
 * @param type null where the path already says it
 * @param input the input as a tree; null if it is missing
 * @param inputBytes the input as it was sent, byte for byte
 * @param inputPointer where the input lies in the body
 * @param scheduledTime as it was sent
 * @param deadline as it was sent
 * @param callback whom to tell of it
 * @param beside what else the body says, in texts by name
 * @param errors what is wrong with the envelope
 */
record Envelope(
        @Nullable String type,
        @Nullable JsonNode input,
        byte[] inputBytes,
        String inputPointer,
        @Nullable String scheduledTime,
        @Nullable String deadline,
        @Nullable String clientReference,
        Map<String, String> tags,
        @Nullable Callback callback,
        Map<String, String> beside,
        List<InputError> errors) {

    private static final Set<String> OF_ANY_JOB = Set.of("type", "input", "client_reference", "tags");
    private static final Set<String> OF_A_JOB_TO_START = Set.of("scheduled_time", "deadline", "callback");
    private static final int LONGEST_TEXT = 255;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_TAG = 255;
    private static final byte[] NOTHING = {};

    /** The body of a type's own path, which is the input, and what the headers say of a callback. */
    static Envelope ofInput(byte[] body, CallbackRequest told) {
        JsonNode input = JsonReader.OF_INPUTS.tree(body);
        return new Envelope(
                null, input, body, "", null, null, null, Map.of(), told.callback(), Map.of(), told.errors());
    }

    /** The body of {@code POST /jobs}. */
    static Envelope of(byte[] body) {
        return JsonReader.OF_ENVELOPES.read(body, tokens -> new Reader(body, OF_A_JOB_TO_START, Set.of()).read(tokens));
    }

    /**
     * A body that describes a job which starts when others say so.
     *
     * @param beside the texts that it must have besides
     */
    static Envelope describing(byte[] body, Set<String> beside) {
        return JsonReader.OF_ENVELOPES.read(body, tokens -> new Reader(body, Set.of(), beside).read(tokens));
    }

    /** What was described before: its input is read again, the rest is as it was. */
    static Envelope again(String type, byte[] input, @Nullable String clientReference, Map<String, String> tags) {
        JsonNode tree = JsonReader.OF_INPUTS.tree(input);
        return new Envelope(type, tree, input, "/input", null, null, clientReference, tags, null, Map.of(), List.of());
    }

    /** An item of a batch: the body of {@code POST /jobs}, perhaps with a text more. */
    static Envelope ofItem(byte[] item, String optional) {
        return JsonReader.OF_ENVELOPES.read(
                item, tokens -> new Reader(item, OF_A_JOB_TO_START, Set.of(), Set.of(optional)).read(tokens));
    }

    /** Walks the members once and remembers where the input's bytes begin and end. */
    private static final class Reader {

        private final byte[] body;
        private final ObjectNode members = Wire.JSON.createObjectNode();
        private final List<InputError> errors = new ArrayList<>();
        private final Set<String> times;
        private final Set<String> required;
        private final Set<String> beside;
        private byte[] inputBytes = NOTHING;

        Reader(byte[] body, Set<String> times, Set<String> beside) {
            this(body, times, beside, Set.of());
        }

        Reader(byte[] body, Set<String> times, Set<String> beside, Set<String> optional) {
            this.body = body;
            this.times = times;
            this.required = beside;
            this.beside = new TreeSet<>(beside);
            this.beside.addAll(optional);
        }

        Envelope read(JsonParser tokens) throws IOException {
            if (tokens.nextToken() != JsonToken.START_OBJECT) {
                tokens.skipChildren();
                errors.add(new InputError("", "must be an object", "type"));
                return envelope();
            }
            for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
                readMember(name, tokens);
            }
            List.of("type", "input").forEach(this::require);
            required.forEach(this::require);
            return envelope();
        }

        private void require(String name) {
            if (!members.has(name)) {
                errors.add(new InputError("/" + name, "is required", "required"));
            }
        }

        private boolean isKnown(String name) {
            return OF_ANY_JOB.contains(name) || times.contains(name) || beside.contains(name);
        }

        private void readMember(String name, JsonParser tokens) throws IOException {
            if (members.has(name)) {
                throw JsonReader.beyondLimits("The member " + name + " is there twice.", tokens.currentTokenLocation());
            }
            tokens.nextToken();
            int start = Math.toIntExact(tokens.currentTokenLocation().getByteOffset());
            members.set(name, tokens.readValueAsTree());
            if (name.equals("input")) {
                int end = Math.toIntExact(tokens.currentLocation().getByteOffset());
                inputBytes = Arrays.copyOfRange(body, start, end);
            }
            if (!isKnown(name)) {
                errors.add(new InputError(InputError.step(name), "is not known here", "additionalProperties"));
            }
        }

        private Envelope envelope() {
            CallbackRequest callback = CallbackRequest.of(members.get("callback"));
            errors.addAll(callback.errors());
            return new Envelope(
                    text("type"),
                    members.get("input"),
                    inputBytes,
                    "/input",
                    text("scheduled_time"),
                    text("deadline"),
                    text("client_reference"),
                    tags(),
                    callback.callback(),
                    texts(),
                    List.copyOf(errors));
        }

        private Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            for (String name : beside) {
                String text = text(name);
                if (text != null) {
                    texts.put(name, text);
                }
            }
            return texts;
        }

        private @Nullable String text(String name) {
            JsonNode value = members.get(name);
            if (value == null) {
                return null;
            }
            if (!value.isTextual()) {
                errors.add(new InputError("/" + name, "must be a string", "type"));
                return null;
            }
            if (value.textValue().isEmpty() || value.textValue().length() > LONGEST_TEXT) {
                errors.add(new InputError("/" + name, "must have 1 to " + LONGEST_TEXT + " characters", "maxLength"));
            }
            return value.textValue();
        }

        private Map<String, String> tags() {
            JsonNode value = members.get("tags");
            if (value == null) {
                return Map.of();
            }
            if (!value.isObject()) {
                errors.add(new InputError("/tags", "must be an object", "type"));
                return Map.of();
            }
            if (value.size() > MOST_TAGS) {
                errors.add(new InputError("/tags", "must have at most " + MOST_TAGS + " members", "maxProperties"));
            }
            Map<String, String> tags = new LinkedHashMap<>();
            value.properties().forEach(tag -> {
                if (!tag.getValue().isTextual()
                        || tag.getKey().length() > LONGEST_TAG
                        || tag.getValue().textValue().length() > LONGEST_TAG) {
                    errors.add(new InputError(
                            "/tags" + InputError.step(tag.getKey()),
                            "must be a string; name and value have at most " + LONGEST_TAG + " characters",
                            "type"));
                }
                tags.put(tag.getKey(), tag.getValue().asText());
            });
            return tags;
        }
    }
}
