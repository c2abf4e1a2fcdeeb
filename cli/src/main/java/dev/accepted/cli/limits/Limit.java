package dev.accepted.cli.limits;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.Moments;
import java.util.List;
import java.util.Locale;

/** A limit, as a gateway has it. */
final class Limit {

    static final String PATH = "/operations/limits";

    /** What it is upon, as the command has it. */
    enum Kind {
        TENANT,
        QUEUE,
        TYPE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Limit() {}

    /** Where it is. */
    static String path(Kind kind, String name) {
        return PATH + "/" + kind + "s/" + Call.segment(name);
    }

    static List<String> row(JsonNode limit) {
        return List.of(
                limit.path("kind").asText(),
                limit.path("name").asText(),
                limit.path("most").asText(),
                limit.path("running").asText(),
                limit.path("waiting").asText(),
                Moments.local(limit.path("since").asText()),
                limit.path("reason").asText());
    }
}
