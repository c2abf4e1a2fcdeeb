package dev.accepted.gateway.dead;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.gateway.log.RecordHeaderText;
import dev.accepted.store.dead.Settlement;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code jobs.dead}.
 *
 * @param settlement null as long as nobody did anything with it
 */
record DeadRecord(
        ConsumerRecord<String, byte[]> record, @Nullable Settlement settlement) {

    /** Headers that say of a dead record why it is there and from where. */
    static final String ADDED = "dead_";

    private @Nullable String added(String name) {
        return RecordHeaderText.of(record).get(ADDED + name);
    }

    long offset() {
        return record.offset();
    }

    /** The topic that it came from, if it says so. */
    @Nullable
    String topic() {
        return added("topic");
    }

    private @Nullable String from() {
        String topic = topic();
        return topic == null ? null : topic + "/" + added("partition") + "/" + added("offset");
    }

    /** A line of a list. */
    ObjectNode shown() {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("offset", offset())
                .put("time", Instant.ofEpochMilli(record.timestamp()).toString());
        put(shown, "reason", added("reason"));
        put(shown, "from", from());
        put(shown, "key", record.key());
        shown.put("bytes", record.value() == null ? 0 : record.value().length);
        if (settlement != null) {
            ObjectNode settled = shown.putObject("settled").put("outcome", settlement.outcome());
            put(settled, "sent_to", settlement.sentTo());
            put(settled, "reason", settlement.reason());
            settled.put("by", settlement.by()).put("at", settlement.at().toString());
        }
        return shown;
    }

    /** All of it: its headers, and its value as text where it is text, else in base64. */
    ObjectNode whole() {
        ObjectNode whole = shown();
        ObjectNode headers = whole.putObject("headers");
        Map<String, String> sorted = new TreeMap<>(RecordHeaderText.of(record));
        sorted.forEach((name, value) -> {
            if (!name.startsWith(ADDED)) {
                headers.put(name, value);
            }
        });
        byte[] value = record.value();
        if (value != null) {
            String text = text(value);
            if (text != null) {
                whole.put("value", text);
            } else {
                whole.put("value_base64", Base64.getEncoder().encodeToString(value));
            }
        }
        return whole;
    }

    private static @Nullable String text(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void put(ObjectNode into, String member, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            into.put(member, text);
        }
    }
}
