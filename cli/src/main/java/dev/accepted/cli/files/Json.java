package dev.accepted.cli.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** JSON as this program reads and writes it. */
public final class Json {

    /** For everything: thread-safe once it is configured, and it is never configured. */
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
}
