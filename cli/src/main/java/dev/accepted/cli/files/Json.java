package dev.accepted.cli.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;

/** JSON as this program reads and writes it. */
public final class Json {

    /** For everything: thread-safe, for it is never configured again. What is read is written with the same digits. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /**
     * As a tree.
     *
     * @throws IOException when {@code bytes} are not JSON
     */
    public static JsonNode read(byte[] bytes) throws IOException {
        return MAPPER.readTree(bytes);
    }

    /**
     * As a value.
     *
     * @throws IOException when {@code bytes} are not JSON, or not of that shape
     */
    public static <T> T read(byte[] bytes, Class<T> type) throws IOException {
        return MAPPER.readValue(bytes, type);
    }

    /** Over several lines, for people and files. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + value.getClass(), e);
        }
    }

    /** On one line, for the wire. */
    public static byte[] bytes(JsonNode value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not to be written as JSON: " + value.getClass(), e);
        }
    }

    /** Prints one document piece by piece, as {@link #pretty} would the whole. {@code out} stays open. */
    public static JsonGenerator printing(PrintWriter out) throws IOException {
        return MAPPER.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter();
    }

    /**
     * Makes sure that {@code bytes} are one JSON value and nothing else, without holding it.
     *
     * @throws IOException when they are not; the message says where
     */
    public static void requireOneValue(byte[] bytes) throws IOException {
        try (JsonParser tokens = MAPPER.createParser(bytes)) {
            JsonToken first = tokens.nextToken();
            if (first == null) {
                throw new IOException("there is nothing in it");
            }
            tokens.skipChildren();
            if (tokens.nextToken() != null) {
                throw new IOException("there is more behind the first value");
            }
        }
    }
}
