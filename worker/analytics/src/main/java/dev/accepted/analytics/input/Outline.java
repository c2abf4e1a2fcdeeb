package dev.accepted.analytics.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.accepted.analytics.course.Course;
import dev.accepted.analytics.dataset.Dataset;
import dev.accepted.engine.InputRejected;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a request but its numbers.
 *
 * @param parameters the object of that name; empty if there was none
 */
public record Outline(String datasetName, String analysisType, Parameters parameters, Shape shape) {

    /**
     * Reads all but the numbers.
     *
     * @throws InputRejected something is missing or of the wrong type
     */
    public static Outline of(byte[] body) {
        try (JsonParser parser = Json.parser(body)) {
            return new Reading().read(parser);
        } catch (IOException e) {
            throw Json.unreadable(e);
        }
    }

    /**
     * The numbers of the body that this is the outline of, or those of the columns that its parameters choose.
     *
     * @throws InputRejected rows that are not like the first, or have something else than numbers
     */
    public Dataset numbers(byte[] body, Course course) {
        return DatasetReader.read(body, shape, parameters.texts("columns"), course);
    }

    /** The members as they come: in any order, and the numbers perhaps before what says how to read them. */
    private static final class Reading {

        private @Nullable String datasetName;
        private @Nullable String analysisType;
        private JsonNode parameters = JsonNodeFactory.instance.objectNode();
        private @Nullable Shape shape;

        Outline read(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InputRejected("", "The input must be a JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                take(member, parser);
            }
            return new Outline(
                    required(datasetName, "dataset_name"),
                    required(analysisType, "analysis_type"),
                    new Parameters(parameters),
                    required(shape, "data"));
        }

        private void take(String member, JsonParser parser) throws IOException {
            switch (member) {
                case "dataset_name" -> datasetName = text(parser, member);
                case "analysis_type" -> analysisType = text(parser, member);
                case "parameters" -> parameters = object(parser);
                case "data" -> shape = onlyOne(parser);
                default -> parser.skipChildren();
            }
        }

        private Shape onlyOne(JsonParser parser) throws IOException {
            if (shape != null) {
                throw new InputRejected("/data", "data is there twice.");
            }
            return Shape.of(parser);
        }

        private static String text(JsonParser parser, String member) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING
                    || parser.getText().isEmpty()) {
                throw new InputRejected("/" + member, member + " must be a string that is not empty.");
            }
            return parser.getText();
        }

        private static JsonNode object(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InputRejected("/parameters", "parameters must be an object.");
            }
            return Json.tree(parser);
        }

        private static <T> T required(@Nullable T value, String member) {
            if (value == null) {
                throw new InputRejected("", member + " is missing.");
            }
            return value;
        }
    }
}
