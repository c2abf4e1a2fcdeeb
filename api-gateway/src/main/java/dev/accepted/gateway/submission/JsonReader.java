package dev.accepted.gateway.submission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.accepted.gateway.problem.Problem;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * JSON as strict as RFC 8259 and RFC 7493 have it: UTF-8, no comments, no name twice, nothing behind it, and no deeper
 * than {@value #DEEPEST}.
 */
public final class JsonReader {

    private static final int DEEPEST = 64;

    /** What the parser says of its own switches, which no client can turn. */
    private static final Pattern PARSER_ADVICE =
            Pattern.compile("\\s*\\([^()]*Feature[^()]*\\)|: enable `[^`]*` to allow");

    /** For {@code POST /jobs}, whose envelope is one level around the input. */
    static final JsonReader OF_ENVELOPES = new JsonReader(DEEPEST + 1);

    /** For many envelopes in one body, which is two levels around each. */
    public static final JsonReader OF_BATCHES = new JsonReader(DEEPEST + 3);

    /** For a type's own path, whose body is the input. */
    public static final JsonReader OF_INPUTS = new JsonReader(DEEPEST);

    private final JsonMapper mapper;

    private JsonReader(int deepest) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(deepest).build())
                .build();
        mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build();
    }

    /** What is done with the tokens of a body. */
    public interface Reading<T> {
        T of(JsonParser tokens) throws IOException;
    }

    /**
     * The whole body as a tree.
     *
     * @throws Problem 400 for what is not JSON, or is beyond the limits
     */
    public JsonNode tree(byte[] body) {
        return read(body, tokens -> mapper.readTree(tokens));
    }

    /**
     * Reads a body that is one JSON value.
     *
     * @throws Problem 400 for what is not JSON, or is beyond the limits
     */
    public <T> T read(byte[] body, Reading<T> reading) {
        if (isBlank(body)) {
            throw Problem.of(400, "empty-body", "Empty body", "A JSON object is expected; the body is empty.");
        }
        Utf8.require(body);
        try (JsonParser tokens = mapper.createParser(body)) {
            T read = reading.of(tokens);
            if (tokens.nextToken() != null) {
                throw malformed("Something stands behind the end of the JSON.", tokens.currentTokenLocation());
            }
            return read;
        } catch (StreamConstraintsException e) {
            throw beyondLimits(
                    "It is nested deeper than " + DEEPEST + " levels, or a name, string or number in it is too long.",
                    e.getLocation());
        } catch (StreamReadException e) {
            throw malformed(PARSER_ADVICE.matcher(e.getOriginalMessage()).replaceAll(""), e.getLocation());
        } catch (MismatchedInputException e) {
            // The tree reader's only complaint.
            throw beyondLimits("A member's name is there twice.", e.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory that cannot be read", e);
        }
    }

    private static boolean isBlank(byte[] body) {
        for (byte character : body) {
            if (character != ' ' && character != '\n' && character != '\r' && character != '\t') {
                return false;
            }
        }
        return true;
    }

    static Problem malformed(String detail, JsonLocation at) {
        return malformed(detail, at.getLineNr(), at.getColumnNr());
    }

    static Problem malformed(String detail, int line, int column) {
        return Problem.of(400, "malformed-json", "Malformed JSON", detail)
                .with("line", line)
                .with("column", column);
    }

    /** It is JSON, and not as we take it. */
    public static Problem beyondLimits(String detail, JsonLocation at) {
        Problem problem = Problem.of(400, "json-limits", "JSON beyond the limits", detail);
        return at == null ? problem : problem.with("line", at.getLineNr()).with("column", at.getColumnNr());
    }
}
