package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.terminal.Columns;
import dev.accepted.cli.terminal.Moments;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What happened to a job, a line each. */
final class Timeline {

    private Timeline() {}

    static void print(JsonNode timeline, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode entry : timeline.path("entries")) {
            rows.add(List.of(
                    Moments.local(entry.path("time").asText()),
                    entry.path("event").asText(),
                    entry.path("attempt").asText(),
                    entry.path("worker").asText(),
                    remark(entry)));
        }
        new Columns("TIME", "EVENT", " ATTEMPT", "WORKER", "REMARK").print(out, rows);
        if (timeline.path("truncated").asBoolean()) {
            out.println("Earlier entries may be gone: the last fifty are kept.");
        }
    }

    private static String remark(JsonNode entry) {
        List<String> parts = new ArrayList<>();
        add(parts, "", entry.path("error").path("detail").asText());
        add(parts, "", entry.path("reason").asText());
        add(parts, "to start at ", Moments.local(entry.path("scheduled_time").asText()));
        add(parts, "to end by ", Moments.local(entry.path("deadline").asText()));
        add(
                parts,
                "next attempt at ",
                Moments.local(entry.path("next_attempt_at").asText()));
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String before, String text) {
        if (!text.isEmpty()) {
            parts.add(before + text);
        }
    }
}
