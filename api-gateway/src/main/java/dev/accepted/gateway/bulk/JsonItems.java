package dev.accepted.gateway.bulk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.submission.JsonReader;
import dev.accepted.gateway.submission.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The items of a batch that is one JSON document, {@code {"items": […]}}: each byte for byte as it was sent. */
final class JsonItems {

    private static final String ITEMS = "items";

    private final byte[] body;
    private final int most;
    private final List<Item> items = new ArrayList<>();
    private final List<InputError> errors = new ArrayList<>();
    private boolean seen;
    private int count;

    private JsonItems(byte[] body, int most) {
        this.body = body;
        this.most = most;
    }

    /**
     * Reads them.
     *
     * @throws Problem 400 for what is no JSON; 422 for another document, or one with no items or too many
     */
    static List<Item> of(byte[] body, int most) {
        return JsonReader.OF_BATCHES.read(body, tokens -> new JsonItems(body, most).read(tokens));
    }

    private List<Item> read(JsonParser tokens) throws IOException {
        if (tokens.nextToken() != JsonToken.START_OBJECT) {
            tokens.skipChildren();
            throw Refused.invalid(List.of(new InputError("", "must be an object", "type")));
        }
        for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
            tokens.nextToken();
            readMember(name, tokens);
        }
        if (!seen) {
            errors.add(new InputError("/" + ITEMS, "is required", "required"));
        }
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        if (count == 0) {
            throw BatchRefusals.empty();
        }
        if (count > most) {
            throw BatchRefusals.moreThan(most).with("items_count", count);
        }
        return items;
    }

    private void readMember(String name, JsonParser tokens) throws IOException {
        if (!name.equals(ITEMS)) {
            errors.add(new InputError(InputError.step(name), "is not known here", "additionalProperties"));
        } else if (seen) {
            throw JsonReader.beyondLimits("The member items is there twice.", tokens.currentTokenLocation());
        } else {
            seen = true;
            if (tokens.currentToken() == JsonToken.START_ARRAY) {
                readItems(tokens);
                return;
            }
            errors.add(new InputError("/" + ITEMS, "must be an array", "type"));
        }
        tokens.skipChildren();
    }

    private void readItems(JsonParser tokens) throws IOException {
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            int start = Math.toIntExact(tokens.currentTokenLocation().getByteOffset());
            tokens.skipChildren();
            // Of a text or a number the token itself is read no further than it must be.
            tokens.finishToken();
            int end = Math.toIntExact(tokens.currentLocation().getByteOffset());
            if (count < most) {
                items.add(new Item(count, Arrays.copyOfRange(body, start, end), null));
            }
            count++;
        }
    }
}
