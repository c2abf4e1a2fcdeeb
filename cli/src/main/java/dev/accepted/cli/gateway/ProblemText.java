package dev.accepted.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.terminal.Plain;
import java.nio.charset.StandardCharsets;

/** A refusal for people: what was refused, why, where the request is wrong, and what happens next. */
final class ProblemText {

    private static final int LONGEST = 400;

    private ProblemText() {}

    static String of(Answer answer, JsonNode problem, String slug) {
        StringBuilder text = new StringBuilder(answer.method())
                .append(' ')
                .append(answer.address())
                .append(" was refused: ")
                .append(answer.status());
        if (problem.isMissingNode()) {
            text.append(foreign(answer));
        } else {
            text.append(' ').append(Plain.text(problem.path("title").asText()));
            line(text, problem.path("detail").asText());
            errors(text, problem);
            line(text, extras(problem));
        }
        String request = problem.path("request_id").asText();
        line(text, NextStep.after(answer, slug) + (request.isEmpty() ? "" : " (request " + request + ")"));
        return text.toString();
    }

    private static void errors(StringBuilder text, JsonNode problem) {
        for (JsonNode error : problem.path("errors")) {
            String place = error.path("pointer").asText();
            line(
                    text,
                    (place.isEmpty() ? "the body" : place) + " "
                            + error.path("detail").asText());
        }
    }

    private static String extras(JsonNode problem) {
        String extras = "";
        for (String member :
                new String[] {"pointer", "parameter", "line", "column", "max", "known_types", "job_status"}) {
            JsonNode value = problem.path(member);
            if (!value.isMissingNode()) {
                String shown = value.isTextual() ? value.asText() : value.toString();
                extras += (extras.isEmpty() ? "" : ", ") + member.replace('_', ' ') + " " + shown;
            }
        }
        return extras;
    }

    private static String foreign(Answer answer) {
        String said = Plain.text(new String(answer.body(), StandardCharsets.UTF_8).strip(), LONGEST);
        return said.isEmpty() ? ", without a word" : ": " + said;
    }

    private static void line(StringBuilder text, String more) {
        if (!more.isBlank()) {
            text.append("\n  ").append(Plain.text(more.strip()));
        }
    }
}
